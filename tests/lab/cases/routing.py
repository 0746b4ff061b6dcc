"""Devices that are forwarded: what is typed arrives where the seat is, and nowhere else."""

import hotseat
from clones import Reader, held
from harness import eventually, expect, expect_equal, test
from seat import MIXED, ROUTED


def forwarded(desk):
    """Every device of the seat is in the router's hands."""

    def check():
        for device in hotseat.status()["devices"]:
            if device["transport"] == "evdev":
                expect_equal(device.get("state"), "routed", "state of " + device["name"])

    eventually(check)


@test(ROUTED)
def typing_arrives_at_the_host(desk):
    forwarded(desk)
    with Reader("host-keyboard") as host, Reader("win11-keyboard") as guest:
        desk.gadget("keyboard").type("a", "leftshift+b")
        host.wait_for_keys(
            "KEY_A down,KEY_A up,KEY_LEFTSHIFT down,KEY_B down,KEY_LEFTSHIFT up,KEY_B up".split(","),
        )
        guest.expect_silence()


@test(ROUTED)
def typing_follows_the_seat(desk):
    forwarded(desk)
    hotseat.switch("win11")
    with Reader("host-keyboard") as host, Reader("win11-keyboard") as guest:
        desk.gadget("keyboard").type("a")
        guest.wait_for_keys(["KEY_A down", "KEY_A up"])
        host.expect_silence()
    with Reader("host-mouse") as host, Reader("win11-mouse") as guest:
        desk.gadget("mouse").move(7, -2)
        eventually(lambda: expect_equal(guest.motion(), 7, "motion at the guest"))
        host.expect_silence()
    desk.expect_at("win11")
    hotseat.release()
    desk.expect_at("host")


@test(ROUTED)
def no_stuck_keys__held_keys_are_released_where_they_were_pressed(desk):
    forwarded(desk)
    keyboard = desk.gadget("keyboard")
    keyboard.press("leftshift+a")
    eventually(lambda: expect_equal(held("host-keyboard"), ["KEY_A", "KEY_LEFTSHIFT"], "held at the host"))
    with Reader("win11-keyboard") as guest:
        hotseat.switch("win11")
        expect_equal(held("host-keyboard"), [], "held at the host afterwards")
        keyboard.release()
        guest.expect_silence()


@test(ROUTED)
def chord_switches_and_is_seen_by_nobody(desk):
    forwarded(desk)
    with Reader("host-keyboard") as host, Reader("win11-keyboard") as guest:
        desk.gadget("keyboard").type("leftctrl+leftalt+kp1")

        def there():
            expect_equal(hotseat.status()["target"], "win11", "who has the seat")

        eventually(there)
        expect("KEY_KP1 down" not in host.keys(), "the chord's last key reached the host: {}".format(host.keys()))
        expect_equal(held("host-keyboard"), [], "held at the host")
        guest.expect_silence()
        desk.gadget("keyboard").type("leftctrl+leftalt+esc")
        desk.settles_at("host")
        expect("KEY_ESC down" not in guest.keys(), "the chord's last key reached the guest: {}".format(guest.keys()))
        expect_equal(held("win11-keyboard"), [], "held at the guest")


@test(ROUTED)
def release_chord_works_while_hotseatd_hangs(desk):
    """The main thread alone is stopped: as good as a libvirt or a bus that never answers."""
    forwarded(desk)
    hotseat.switch("win11")
    libvirtd = desk.station.libvirtd
    libvirtd.freeze()
    with Reader("host-keyboard") as host:
        desk.gadget("keyboard").type("leftctrl+leftalt+esc")
        desk.gadget("keyboard").type("a")
        host.wait_for_keys(["KEY_A down", "KEY_A up"])
    libvirtd.thaw()
    desk.settles_at("host")


@test(MIXED)
def mixed_seat_moves_as_one(desk):
    forwarded(desk)
    hotseat.switch("win11")
    desk.expect_at("win11")
    with Reader("win11-keyboard") as guest:
        desk.gadget("keyboard").type("x")
        guest.wait_for_keys(["KEY_X down", "KEY_X up"])
    hotseat.release()
    desk.expect_at("host")
