"""What scripts rely on: exit statuses and JSON."""

import hotseat
from harness import expect, expect_equal, test
from seat import ONE_DEVICE


@test(ONE_DEVICE)
def exit_status_tells_how_it_ended(desk):
    hotseat.hotseat("switch", "win11").exits(0)
    hotseat.hotseat("switch", "nowhere").exits(4)
    hotseat.hotseat("switch").exits(2)
    hotseat.hotseat("no-such-command").exits(2)
    hotseat.hotseat("--help").exits(0)
    hotseat.hotseat("release").exits(0)


@test(ONE_DEVICE)
def everything_is_there_as_json(desk):
    expect_equal(hotseat.hotseat("devices", "--json").exits(0).json[0]["name"], "mouse", "first device")
    monitors = hotseat.hotseat("monitors", "--json").exits(0).json
    expect_equal([monitor["name"] for monitor in monitors], ["left", "right"], "monitors")
    guests = hotseat.hotseat("guests", "--json").exits(0).json
    expect_equal([guest["name"] for guest in guests], ["win11", "zorg", "debby"], "guests")
    expect_equal(hotseat.hotseat("reload", "--json").exits(0).json, {"notes": []}, "reload")
    hotseat.hotseat("version", "--json").exits(0).json
    for command in ("status", "devices", "monitors", "guests"):
        expect(hotseat.hotseat(command).exits(0).out.strip(), command + " prints nothing")


@test(ONE_DEVICE)
def monitors_are_probed(desk):
    answer = hotseat.hotseat("monitors", "--probe", "--json").exits(0)
    expect("HOT24" in answer.out and "HOT27" in answer.out, "not both monitors in " + answer.out)
    answer.json
    shown = hotseat.hotseat("monitors", "--probe").exits(0).out
    for words in ("HOT24-A0001", "HOT27-B0002", "HDMI-1"):
        expect(words in shown, "no {} in:\n{}".format(words, shown))


@test(ONE_DEVICE)
def without_the_daemon_it_says_so(desk):
    desk.unit.stop()
    for command in (["status"], ["switch", "win11"], ["release"], ["monitors"], ["watch"]):
        answer = hotseat.hotseat(*command).exits(3)
        expect("not reachable" in answer.err, "{} says: {}".format(answer, answer.err))
    hotseat.hotseat("config", "check").exits(0)
