"""libvirtd is restarted, is away, hangs."""

import subprocess

import hotseat
from harness import eventually, expect, expect_equal, test
from hotseat import step_event
from seat import TWO_DEVICES, Seat


class Restart:
    """Begun in the middle of something, and waited for at the end: while libvirtd is on its way down it answers nobody."""

    def begin(self):
        self.process = subprocess.Popen(["systemctl", "restart", "libvirtd.service"])

    def wait(self):
        expect_equal(self.process.wait(90), 0, "exit status of systemctl restart")


@test()
def all_or_nothing__libvirtd_restarted_in_the_middle_of_a_switch(desk):
    restart = Restart()
    with hotseat.Watch() as watch:
        watch.when(step_event("running", kind="attach-usb"), restart.begin)
        switching = hotseat.start_switch("win11")
        watch.wait_hooked()
        answer = switching.answer()
    restart.wait()
    report = answer.json
    if report["outcome"] == "done":
        expect_equal((answer.status, report["owner"]), (0, "win11"), "exit status and owner of a switch that is done")
    else:
        hotseat.expect_outcome(report, "rolled-back")
        expect_equal((answer.status, report["owner"]), (1, "host"), "exit status and owner of a switch that was undone")
        expect(report["problems"], "it does not say why it was undone")
    desk.settles_at(report["owner"])


@test()
def all_or_nothing__libvirtd_restarted_while_the_seat_comes_home(desk):
    hotseat.switch("win11")
    restart = Restart()
    with hotseat.Watch() as watch:
        watch.when(step_event("running", kind="detach-usb"), restart.begin)
        releasing = hotseat.start("release", "--json")
        watch.wait_hooked()
        report = releasing.answer().exits(0).json
    restart.wait()
    expect_equal(report["owner"], "host", "owner in the report")
    desk.settles_at("host")


@test(TWO_DEVICES)
def one_owner__seat_stays_when_libvirtd_is_restarted(desk):
    last = hotseat.switch("win11")["id"]
    with hotseat.Watch() as watch:
        watch.when(lambda event: "libvirt" in str(event.get("changed", {}).get("Problems")), lambda: None)
        desk.station.libvirtd.restart()
        watch.wait_hooked()
    status = desk.settles_at("win11")
    expect_equal(status["last"]["id"], last, "the last switch (none was needed)")
    hotseat.release()
    desk.expect_at("host")


@test(TWO_DEVICES)
def without_libvirtd_it_starts_degraded_and_picks_it_up(desk):
    desk.unit.stop()
    desk.station.libvirtd.stop()
    desk.unit.start()

    def it_says_so():
        status = hotseat.status()
        expect_equal(status["state"], "degraded", "state")
        expect(any(problem.startswith("libvirt: ") for problem in status["problems"]), "problems: " + str(status["problems"]))

    eventually(it_says_so)
    hotseat.expect_refused(hotseat.hotseat("switch", "win11", "--json"), "hypervisor-away")
    desk.station.libvirtd.start()
    desk.settles_at("host")
    hotseat.switch("win11")
    desk.expect_at("win11")


@test(TWO_DEVICES)
def one_owner__release_works_while_libvirtd_hangs(desk):
    hotseat.switch("win11")
    desk.configure(Seat(devices=("keyboard", "mouse"), patience=None))
    desk.station.libvirtd.freeze()
    report = hotseat.start("release", "--json").answer().json
    for name, gadget in desk.seat.devices.items():
        expect_equal(desk.station.gadgets[gadget].driver, "usbhid", "driver of " + name)
    expect_equal(report["owner"], "host", "owner in the report")
    warnings = " ".join(report["warnings"])
    for device in desk.seat.devices:
        expect(device in warnings, "no warning says how {} came home: {}".format(device, warnings))
    expect(report["took_ms"] < 8000, "it took {} ms, of which libvirt may have 3 s".format(report["took_ms"]))
    desk.station.libvirtd.thaw()
    desk.settles_at("host")
