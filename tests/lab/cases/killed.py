"""Invariant 7: killed at any instant, it recovers. The instants are the steps of the plan, before and after each."""

import os
import signal

import hotseat
from harness import Unexpected, expect, test
from hotseat import step_event
from seat import Seat

# Two of each kind of step, and a command on either side.
SEAT = Seat(
    devices=("keyboard", "mouse"),
    win11='on_enter = [["/bin/true"]]\non_leave = [["/bin/true"]]',
)


def killed_at(desk, target, index, state):
    """Switches, kills hotseatd the moment this step is reported to be in this state, and starts it again."""
    pid = desk.unit.pid
    with hotseat.Watch() as watch:
        watch.when(step_event(state, index=index), lambda: os.kill(pid, signal.SIGKILL))
        switching = hotseat.start_switch(target)
        watch.wait_hooked()
        switching.answer()
    desk.unit.wait_gone(pid)
    for monitor in desk.station.monitors:
        monitor.fault()
    desk.unit.start()


def recovers_from_every_step(desk, origin, target, state):
    for index in range(len(plan(origin, target))):
        steps = plan(origin, target)
        # So that a kill hits the middle of the step, not the time after it.
        for monitor in desk.station.monitors:
            monitor.fault("slow=300" if steps[index]["kind"] == "set-input" and state == "running" else "none")
        killed_at(desk, target, index, state)
        try:
            desk.settles_where_it_says()
        except Unexpected as unexpected:
            raise Unexpected("after a kill when step {} ({}) was {}: {}".format(
                index, steps[index]["text"], state, unexpected)) from None


def plan(origin, target):
    """The steps from origin to target; brings the seat to the origin first."""
    if hotseat.status()["target"] != origin:
        hotseat.switch(origin)
    steps = hotseat.hotseat("switch", target, "--dry-run", "--json").exits(0).json["steps"]
    expect(len(steps) == 5, "a plan of {} steps: {}".format(len(steps), [step["text"] for step in steps]))
    return steps


@test(SEAT)
def killed_when_a_step_begins_on_the_way_to_a_guest(desk):
    recovers_from_every_step(desk, "host", "win11", "running")


@test(SEAT)
def killed_when_a_step_has_ended_on_the_way_to_a_guest(desk):
    recovers_from_every_step(desk, "host", "win11", "done")


@test(SEAT)
def killed_when_a_step_begins_on_the_way_home(desk):
    recovers_from_every_step(desk, "win11", "host", "running")


@test(SEAT)
def killed_when_a_step_has_ended_on_the_way_home(desk):
    recovers_from_every_step(desk, "win11", "host", "done")


@test(SEAT)
def killed_while_a_guest_starts(desk):
    desk.guest("zorg").destroy()
    desk.hears("zorg", "shutoff")
    killed_at(desk, "zorg", 0, "running")
    desk.settles_where_it_says()


@test(SEAT)
def killed_while_a_guest_owns_it_takes_the_seat_up_again(desk):
    hotseat.switch("win11")
    desk.unit.kill()
    desk.unit.start()
    desk.settles_at("win11")
