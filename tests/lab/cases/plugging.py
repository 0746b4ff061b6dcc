"""Devices that come, go, and are moved behind hotseat's back."""

import hotseat
from harness import eventually, expect, expect_equal, test
from seat import ONE_DEVICE, TWO_DEVICES, Seat


@test(TWO_DEVICES)
def replugged_device_follows_the_seat(desk):
    hotseat.switch("win11")
    keyboard = desk.gadget("keyboard")
    keyboard.unplug()
    keyboard.plug(wait=False)
    desk.settles_at("win11")


@test(TWO_DEVICES)
def unplugged_device_is_forgotten_by_the_guest(desk):
    hotseat.switch("win11")
    desk.gadget("keyboard").unplug()

    def only_the_mouse_is_left():
        aliases = [alias for alias, _ in desk.guest("win11").hostdevs()]
        expect_equal(aliases, ["ua-hotseat-mouse"], "hostdevs of win11")
        expect_equal(hotseat.status()["problems"], ["keyboard is not plugged in"], "problems")

    eventually(only_the_mouse_is_left)
    hotseat.release()
    expect_equal(desk.guest("win11").hostdevs(), [], "hostdevs of win11 after the release")
    desk.gadget("keyboard").plug()
    desk.settles_at("host")


@test(Seat(devices=("mouse", "gamepad")))
def gamepad_plugged_in_later_follows_the_seat(desk):
    hotseat.switch("win11")
    desk.expect_at("win11")
    gamepad = desk.gadget("gamepad")
    gamepad.plug(wait=False)

    def it_is_there():
        expect_equal(desk.station.place_of("gamepad"), "win11", "place of the gamepad")

    eventually(it_is_there)
    desk.settles_at("win11")
    hotseat.release()
    desk.expect_at("host")


@test(TWO_DEVICES)
def one_owner__device_attached_to_a_guest_by_hand_is_brought_back(desk):
    desk.guest("zorg").attach_by_hand(desk.gadget("mouse"))
    desk.settles_at("host")


@test(TWO_DEVICES)
def one_owner__device_in_the_wrong_guest_is_moved(desk):
    desk.unit.stop()
    desk.guest("zorg").attach_by_hand(desk.gadget("mouse"))
    desk.unit.start()
    desk.settles_at("host")
    hotseat.switch("win11")
    desk.expect_at("win11")


@test(ONE_DEVICE)
def device_attached_by_hand_to_the_right_guest_is_not_attached_again(desk):
    desk.unit.stop()
    desk.guest("win11").attach_by_hand(desk.gadget("mouse"))
    desk.unit.start()

    def adopted():
        expect_equal(hotseat.status()["target"], "win11", "who has the seat")

    eventually(adopted)
    hotseat.switch("win11")
    expect_equal(len(desk.guest("win11").hostdevs()), 1, "hostdevs of win11")
    expect(not desk.guest("win11").hostdevs()[0][0].startswith("ua-"), "it was attached anew")
    desk.expect_devices_at("win11")
    hotseat.release()
    desk.expect_at("host")
