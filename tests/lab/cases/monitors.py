"""Monitors that do what monitors do. The input devices never wait for them, and what is said of them is true."""

import time

import hotseat
from harness import eventually, expect, expect_equal, test
from seat import ONE_DEVICE, Seat


def told_of(name):
    return next(monitor for monitor in hotseat.status()["monitors"] if monitor["name"] == name)


def switches(desk, outcome="done", left=None):
    """To win11: input and the right monitor are there at once, and left shows `left` (win11's input when it is None)."""
    report = hotseat.switch("win11", outcome)
    desk.expect_devices_at("win11")
    desk.expect_hostdevs_at("win11")
    shown = {name: desk.monitor(name).input for name in desk.seat.inputs}
    wanted = {name: inputs["win11"] for name, inputs in desk.seat.inputs.items()}
    expect_equal(shown, dict(wanted, left=wanted["left"] if left is None else left), "inputs of the monitors")
    expect_input_did_not_wait(report)
    return report


def expect_input_did_not_wait(report):
    """No monitor held up the begin of an attachment, nor the moment when the input counts as moved."""
    attached = hotseat.steps_of(report, "attach-usb")
    told = min(step["started_ms"] + step["took_ms"] for step in hotseat.steps_of(report, "set-input"))
    begun = max(step["started_ms"] for step in attached)
    moved = max(step["started_ms"] + step["took_ms"] for step in attached)
    expect(begun <= told, "attaching began after {} ms, a monitor was done after {} ms".format(begun, told))
    expect(report["input_moved_ms"] < moved + 100, "attached after {} ms, but moved after {} ms".format(
        moved, report["input_moved_ms"]))


def expect_left_is_blamed(report):
    expect(any("left" in warning for warning in report["warnings"]), "no warning names left: " + str(report["warnings"]))
    expect(not any("right" in warning for warning in report["warnings"]), "right is blamed: " + str(report["warnings"]))


def expect_left_is_a_problem():
    problems = hotseat.status()["problems"]
    expect(any("left" in problem for problem in problems), "no problem names left: " + str(problems))


def becomes(name, certainty, problem, seconds=60):
    def check():
        told = told_of(name)
        expect_equal(told["certainty"], certainty, "certainty of " + name)
        expect_equal(told["problem"] is not None, problem, "{} has a problem ({})".format(name, told["problem"]))

    eventually(check, seconds)


HOST_LEFT = 0x0F


def is_left_alone(monitor):
    """What hotseatd reads back until 5 s after a Set (adapters/ddc/input_read.cpp) would meet a fault that is meant for the test's own."""

    def check():
        last = max([when for when, _, _ in monitor.log], default=0)
        expect(time.monotonic_ns() - last > 6e9, "hotseatd may ask it once more")

    eventually(check)


@test(ONE_DEVICE)
def monitors_that_behave_are_verified(desk):
    switches(desk)
    becomes("left", "verified", problem=False)
    becomes("right", "verified", problem=False)


@test(ONE_DEVICE)
def input_never_waits__monitor_that_does_not_acknowledge(desk):
    desk.monitor("left").fault("nack")
    expect_left_is_blamed(switches(desk, "done-with-warnings", left=HOST_LEFT))
    expect_left_is_a_problem()


@test(ONE_DEVICE)
def input_never_waits__monitor_that_is_gone(desk):
    desk.monitor("left").fault("gone")
    expect_left_is_blamed(switches(desk, "done-with-warnings", left=HOST_LEFT))
    expect_left_is_a_problem()


@test(ONE_DEVICE)
def input_never_waits__monitor_slower_than_its_deadline(desk):
    is_left_alone(desk.monitor("left"))
    desk.monitor("left").fault("slow=2600")
    report = hotseat.switch("win11", "done-with-warnings")
    expect_left_is_blamed(report)
    desk.expect_devices_at("win11")
    expect_input_did_not_wait(report)
    desk.monitor("left").fault()
    eventually(lambda: desk.expect_picture_of("win11"))  # the message under way arrives all the same
    becomes("left", "verified", problem=False)


@test(Seat(devices=("mouse",), more='monitor = "20s"'))
def input_never_waits__slow_monitor(desk):
    is_left_alone(desk.monitor("left"))
    desk.monitor("left").fault("slow=1500")
    report = switches(desk)
    expect_input_did_not_wait(report)


@test(ONE_DEVICE)
def late_answer_is_waited_for(desk):
    desk.monitor("left").fault("late=150")
    switches(desk)
    becomes("left", "verified", problem=False)


@test(ONE_DEVICE)
def monitor_that_ignores_a_set_is_found_out(desk):
    desk.monitor("left").fault("ignore")
    desk.monitor("right").fault("bad_checksum")
    switches(desk, left=HOST_LEFT)
    becomes("left", "unknown", problem=True)
    becomes("right", "requested", problem=True)


@test(ONE_DEVICE)
def monitor_whose_read_back_lies_stays_unverified(desk):
    desk.monitor("left").fault("wrong_readback=0x0305")
    desk.monitor("right").fault("mute")
    switches(desk)
    becomes("left", "unknown", problem=True)
    becomes("right", "requested", problem=True)


@test(Seat(devices=("mouse",), quirks={"left": "read_mask = 0"}))
def monitor_known_to_lie_is_not_asked(desk):
    desk.monitor("left").fault("wrong_readback=0x0305")
    desk.monitor("right").fault("ignore")
    hotseat.switch("win11")
    desk.expect_devices_at("win11")
    becomes("right", "unknown", problem=True)
    # By now left would have been found out, too, had it been asked.
    becomes("left", "requested", problem=False)
    expect_equal(desk.monitor("left").input, desk.seat.inputs["left"]["win11"], "input of left")


@test(ONE_DEVICE)
def monitor_that_goes_back_by_itself_is_found_out(desk):
    desk.monitor("left").fault("revert=3000")  # after the first reading back, before the last
    hotseat.switch("win11")
    becomes("left", "verified", problem=True)
    expect_equal(told_of("left")["target"], "host", "whose picture left is said to show")


@test(ONE_DEVICE)
def monitor_that_wants_a_get_first_ignores_a_bare_set(desk):
    is_left_alone(desk.monitor("left"))
    desk.monitor("left").fault("get_before_set")
    switches(desk, left=HOST_LEFT)
    becomes("left", "unknown", problem=True)


@test(Seat(devices=("mouse",), quirks={"left": "get_before_set = true"}))
def monitor_that_wants_a_get_first_obeys_with_the_quirk(desk):
    desk.monitor("left").fault("get_before_set")
    switches(desk)
    becomes("left", "verified", problem=False)


LG = Seat(
    devices=("mouse",),
    inputs={"left": {"host": 0xD0, "win11": 0x90}},
    quirks={"left": "feature = 0xF4\nsource_address = 0x50\nread_mask = 0"},
    nature={"left": "lg"},
)


@test(LG)
def lg_monitor_obeys_with_the_quirk(desk):
    switches(desk)
    becomes("left", "requested", problem=False)
    hotseat.release()
    desk.expect_at("host")


@test(ONE_DEVICE)
def monitor_is_found_again_when_its_bus_number_changes(desk):
    left, right = desk.monitor("left"), desk.monitor("right")
    before = [left.bus, right.bus]
    left.unplug()
    right.unplug()

    def missed():
        told = hotseat.status()
        expect_equal([monitor["present"] for monitor in told["monitors"]], [False, False], "monitors that are present")
        expect(len(told["problems"]) == 2, "problems: " + str(told["problems"]))

    eventually(missed)
    right.plug()  # first, so that they get each other's number
    left.plug()
    expect([left.bus, right.bus] != before, "the bus numbers are still {}".format(before))
    desk.settles_at("host")
    switches(desk)
    desk.expect_at("win11")


@test(ONE_DEVICE)
def monitor_that_was_away_follows_the_seat(desk):
    left = desk.monitor("left")
    left.unplug()
    report = hotseat.switch("win11", "done-with-warnings")
    expect(any("left" in warning for warning in report["warnings"]), "no warning names left: " + str(report["warnings"]))
    left.plug()
    desk.settles_at("win11")
