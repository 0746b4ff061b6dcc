"""Guests that start, are refused, and die at the worst moment."""

import hotseat
from harness import expect, expect_equal, test
from hotseat import step_event
from seat import ONE_DEVICE, TWO_DEVICES


@test(ONE_DEVICE)
def guest_is_started_on_demand_with_progress(desk):
    desk.guest("zorg").destroy()
    desk.hears("zorg", "shutoff")
    answer = hotseat.hotseat("switch", "zorg").exits(0)
    lines = [line.strip() for line in answer.out.splitlines()]
    begun = [i for i, line in enumerate(lines) if line.startswith("start zorg") and line.endswith("...")]
    ended = [i for i, line in enumerate(lines) if line.startswith("start zorg - done")]
    attached = [i for i, line in enumerate(lines) if line.startswith("attach mouse") and "done" in line]
    expect(begun and ended and attached and begun[0] < ended[0] < attached[0], "no progress was told:\n" + answer.out)
    desk.expect_at("zorg")


@test()
def guest_that_must_not_be_started_is_refused(desk):
    report = hotseat.expect_refused(hotseat.hotseat("switch", "debby", "--json"), "guest-not-running")
    expect_equal(report["refusal"]["reason"], "debby is not running", "reason")
    answer = hotseat.hotseat("switch", "debby").exits(4)
    expect("debby is not running" in answer.err and "virsh start debby" in answer.err, "it says: " + answer.err)
    desk.expect_at("host")
    expect_equal(desk.guest("debby").state, "shut off", "state of debby")


def loses(desk, guest, end):
    hotseat.switch(guest)
    desk.expect_at(guest)
    end(desk.guest(guest))
    desk.settles_at("host")


@test()
def one_owner__guest_killed_returns_everything(desk):
    loses(desk, "win11", lambda guest: guest.kill())


@test(TWO_DEVICES)
def one_owner__guest_destroyed_returns_everything(desk):
    loses(desk, "win11", lambda guest: guest.destroy())


@test(TWO_DEVICES)
def one_owner__guest_shut_down_returns_everything(desk):
    loses(desk, "zorg", lambda guest: guest.shut_down())


@test(TWO_DEVICES)
def one_owner__guest_paused_returns_everything(desk):
    loses(desk, "win11", lambda guest: guest.suspend())
    hotseat.expect_refused(hotseat.hotseat("switch", "win11", "--json"), "guest-paused")


@test()
def all_or_nothing__guest_killed_in_the_middle_of_a_switch(desk):
    win11, libvirtd = desk.guest("win11"), desk.station.libvirtd

    def die():
        """Before libvirt can attach the rest."""
        libvirtd.freeze()
        win11.kill()
        libvirtd.thaw()

    with hotseat.Watch() as watch:
        watch.when(step_event("done", kind="attach-usb"), die)
        switching = hotseat.start_switch("win11")
        watch.wait_hooked()
        report = switching.answer().exits(1).json
    hotseat.expect_outcome(report, "rolled-back")
    expect_equal(report["owner"], "host", "owner in the report")
    expect(any("win11" in json_text(problem) for problem in report["problems"]), "no problem names the guest")
    desk.settles_at("host")


def json_text(problem):
    return " ".join(problem.values())


@test()
def one_owner__guest_killed_while_the_seat_leaves_it(desk):
    hotseat.switch("win11")
    win11 = desk.guest("win11")
    with hotseat.Watch() as watch:
        watch.when(step_event("done", kind="detach-usb"), win11.kill)
        releasing = hotseat.start("release", "--json")
        watch.wait_hooked()
        report = releasing.answer().json
    expect_equal(report["owner"], "host", "owner in the report")
    desk.settles_at("host")
