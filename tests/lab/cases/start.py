"""The unit, its door on the bus, and who may come in."""

import hotseat
from harness import expect, expect_equal, test
from workstation import run


@test()
def unit_is_active_and_everything_is_present(desk):
    expect_equal(desk.unit.state, "active", "the unit")
    expect_equal(run("systemctl", "show", "-p", "Type", "--value", hotseat.UNIT).strip(), "notify", "type of the unit")
    told = run("systemctl", "show", "-p", "StatusText", "--value", hotseat.UNIT)
    expect("host has the seat" in told, "systemd was not told who has the seat: " + told)
    status = desk.expect_at("host")
    expect_equal([target["name"] for target in status["targets"]], ["host", "win11", "zorg", "debby"], "targets")
    states = {target["name"]: target["state"] for target in status["targets"]}
    expect_equal(states, {"host": "running", "win11": "running", "zorg": "running", "debby": "shutoff"}, "their states")
    present = {device["name"]: device["present"] for device in status["devices"]}
    expect_equal(present, {name: name != "gamepad" for name in desk.seat.devices}, "devices that are present")
    expect_equal([monitor["present"] for monitor in status["monitors"]], [True, True], "monitors that are present")


@test()
def bus_shows_the_interface(desk):
    shown = run("busctl", "introspect", hotseat.NAME, hotseat.OBJECT, hotseat.NAME)
    for member in (
        "Switch Next Release Plan Status Reload Target State Targets Problems Version "
        "SwitchStarted StepChanged SwitchDone SwitchFailed SwitchRolledBack SwitchRefused"
    ).split():
        expect("." + member + " " in shown, "no {} in the interface:\n{}".format(member, shown))
    expect_equal(hotseat.bus_property("Target"), "host", "property Target")
    expect_equal(hotseat.bus_property("Targets"), ["host", "win11", "zorg", "debby"], "property Targets")


@test()
def stranger_may_look_but_not_touch(desk):
    if "stranger" not in run("getent", "passwd"):
        run("useradd", "--no-create-home", "stranger")
    expect_equal(hotseat.hotseat("status", "--json", user="stranger").exits(0).json["target"], "host", "what the stranger sees")
    for command in (["switch", "win11"], ["release"], ["next"], ["reload"]):
        answer = hotseat.hotseat(*command, user="stranger").exits(4)
        expect("stranger may not " in answer.err, "{} says: {}".format(answer, answer.err))
    desk.expect_at("host")


@test()
def member_of_group_hotseat_may_switch(desk):
    if "alice" not in run("getent", "passwd"):
        run("useradd", "--no-create-home", "--groups", "hotseat", "alice")
    hotseat.hotseat("switch", "win11", user="alice").exits(0)
    desk.expect_at("win11")
    hotseat.hotseat("release", user="alice").exits(0)
    desk.expect_at("host")


@test()
def one_owner__seat_is_adopted_after_a_clean_restart(desk):
    hotseat.switch("win11")
    numbers = {name: gadget.devnum for name, gadget in desk.station.gadgets.items()}
    desk.unit.stop()
    desk.expect_devices_at("win11")
    hotseat.hotseat("status").exits(3)
    desk.unit.start()
    desk.settles_at("win11")
    expect_equal({name: gadget.devnum for name, gadget in desk.station.gadgets.items()}, numbers, "device numbers (none moved)")
    hotseat.release()
    desk.expect_at("host")
