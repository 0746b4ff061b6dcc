"""Several requests at once."""

import hotseat
from harness import expect, expect_equal, test
from hotseat import step_event
from seat import ONE_DEVICE, TWO_DEVICES


def expect_honest(answer):
    """What is said fits the exit status, and a refusal says why."""
    report = answer.json
    if report["outcome"] == "refused":
        expect_equal((answer.status, report["refusal"]["rule"]), (4, "superseded"), "exit status and rule of " + str(answer))
    else:
        hotseat.expect_outcome(report, "done")
        expect_equal((answer.status, report["owner"]), (0, report["to"]), "exit status and owner of " + str(answer))
    return report


@test(TWO_DEVICES)
def one_owner__two_requests_racing(desk):
    for _ in range(5):
        racing = [hotseat.start_switch("win11"), hotseat.start_switch("zorg")]
        reports = [expect_honest(running.answer()) for running in racing]
        last = max(reports, key=lambda report: report["id"])
        desk.settles_at(last["owner"])
        hotseat.release()
        desk.expect_at("host")


@test(TWO_DEVICES)
def same_target_twice_is_one_switch(desk):
    with hotseat.Watch() as watch:
        first = hotseat.start_switch("win11")
        watch.wait(step_event("running", kind="attach-usb"))
        second = hotseat.start_switch("win11")
        reports = [expect_honest(running.answer()) for running in (first, second)]
    ids = [report["id"] for report in reports]
    # The second one joins, or comes when the first is over: then there is nothing left to move.
    attached = [len(hotseat.steps_of(report, "attach-usb")) for report in reports]
    expect(ids[0] == ids[1] or attached == [2, 0], "switches {} attached {}".format(ids, attached))
    desk.expect_at("win11")


@test()
def all_or_nothing__release_calls_off_a_running_switch(desk):
    with hotseat.Watch() as watch:
        switching = hotseat.start_switch("win11")
        watch.wait(step_event("done", kind="attach-usb"))
        released = hotseat.release()
        report = switching.answer().json
    expect_equal(released["owner"], "host", "owner after the release")
    if report["outcome"] != "done":  # it may just have been through
        hotseat.expect_outcome(report, "rolled-back")
        expect_equal(report["owner"], "host", "owner in the report of what was called off")
    desk.expect_at("host")


@test(ONE_DEVICE)
def next_goes_round(desk):
    for target in ("win11", "zorg", "host"):
        report = hotseat.hotseat("next", "--json").exits(0).json
        expect_equal(report["owner"], target, "who is next")
        desk.expect_at(target)
