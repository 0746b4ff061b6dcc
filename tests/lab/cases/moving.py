"""Switching, and the truth about it."""

import os
import select
import struct

import hotseat
from harness import expect, expect_equal, test
from seat import Seat
from workstation import read

EVENT = struct.Struct("llHHi")  # struct input_event, <linux/input.h>
EV_KEY, KEY_A = 1, 30


def keys_read(node, act, seconds=30):
    """The (code, value) of the key events that come out of this node when `act` is done, up to the first release."""
    fd = os.open(node, os.O_RDONLY | os.O_NONBLOCK)
    try:
        act()
        found = []
        while not any(value == 0 for _, value in found):
            expect(select.select([fd], [], [], seconds)[0], "nothing more came from {} after {}".format(node, found))
            content = os.read(fd, EVENT.size * 64)
            found += [(code, value) for _, _, kind, code, value in EVENT.iter_unpack(content) if kind == EV_KEY]
        return found
    finally:
        os.close(fd)


@test()
def one_owner__there_and_back_twenty_times(desk):
    for _ in range(20):
        hotseat.switch("win11")
        desk.expect_at("win11")
        hotseat.release()
        desk.expect_at("host")


@test()
def one_owner__from_guest_to_guest(desk):
    hotseat.switch("win11")
    hotseat.switch("zorg")
    desk.expect_at("zorg")
    hotseat.switch("win11")
    desk.expect_at("win11")


@test(Seat(devices=("keyboard",)))
def typed_key_reaches_the_host_only_while_it_has_the_seat(desk):
    keyboard = desk.gadget("keyboard")
    expect_equal(keys_read(keyboard.events[0], lambda: keyboard.type("a")), [(KEY_A, 1), (KEY_A, 0)], "keys at the host")
    hotseat.switch("win11")
    expect_equal(keyboard.events, [], "event nodes of the keyboard while win11 has it")
    expect("Vendor=046d Product=c31c" not in read("/proc/bus/input/devices"), "the host still has an input device for it")
    hotseat.release()
    expect_equal(keys_read(keyboard.events[0], lambda: keyboard.type("a")), [(KEY_A, 1), (KEY_A, 0)], "keys at the host again")


@test(Seat(devices=("twin-a",)))
def twin_told_by_its_serial_goes_alone(desk):
    hotseat.switch("win11")
    desk.expect_at("win11")
    expect_equal(desk.station.place_of("twin2"), "host", "place of the twin that is not configured")


@test(Seat(devices=("twin-b",)))
def twin_told_by_its_port_goes_alone(desk):
    hotseat.switch("win11")
    desk.expect_at("win11")
    expect_equal(desk.station.place_of("twin1"), "host", "place of the twin that is not configured")


@test()
def dry_run_tells_the_steps_and_changes_nothing(desk):
    plan = hotseat.hotseat("switch", "win11", "--dry-run", "--json").exits(0).json
    kinds = sorted(step["kind"] for step in plan["steps"])
    expect_equal(kinds, ["attach-usb"] * 4 + ["set-input"] * 2, "steps of the plan")
    desk.expect_at("host")
    report = hotseat.switch("win11")
    expect_equal([step["text"] for step in report["steps"]], [step["text"] for step in plan["steps"]], "steps that were taken")
