"""The configuration file: checked, read again, refused."""

import os

import hotseat
from harness import eventually, expect, test
from hotseat import CONFIG
from seat import TWO_DEVICES

BROKEN = '[[device]]\nname = "keyboard"\nmatch = { usb = "keyboard" }\n'
PLACE = CONFIG + ":3:"


@test()
def broken_configuration_is_refused_and_the_running_one_stays(desk):
    desk.unit.configure(BROKEN)
    answer = hotseat.hotseat("reload").exits(2)
    expect(PLACE in answer.err, "no line and column in: " + answer.err)
    desk.expect_at("host")


@test()
def hangup_with_a_broken_configuration_changes_nothing(desk):
    desk.unit.configure(BROKEN)
    journal = hotseat.Journal()
    desk.unit.hang_up()
    eventually(lambda: journal.expect(PLACE))
    desk.expect_at("host")


@test()
def hangup_reads_the_configuration_again(desk):
    desk.seat = TWO_DEVICES
    desk.unit.configure(TWO_DEVICES.text)
    desk.unit.hang_up()

    def taken():
        names = [device["name"] for device in hotseat.status()["devices"]]
        expect(names == ["keyboard", "mouse"], "devices: " + str(names))

    eventually(taken)
    desk.settles_at("host")


@test()
def configuration_that_others_may_write_is_refused(desk):
    os.chmod(CONFIG, 0o666)
    hotseat.hotseat("reload").exits(2)
    hotseat.hotseat("config", "check").exits(2)
    desk.unit.stop()
    journal = hotseat.Journal()
    try:
        desk.unit.start()
    except RuntimeError:
        pass  # as it should
    expect(desk.unit.state != "active", "hotseatd runs with a configuration that anybody may write")
    journal.expect(CONFIG)


@test()
def config_check_tells_right_from_wrong(desk):
    hotseat.hotseat("config", "check").exits(0)
    path = "/run/broken.toml"
    with open(path, "w", encoding="utf-8") as file:
        file.write(BROKEN)
    answer = hotseat.hotseat("config", "check", path).exits(2)
    expect(path + ":3:" in answer.err, "no line and column in: " + answer.err)
    verdict = hotseat.hotseat("config", "check", path, "--json").exits(2).json
    expect(verdict["ok"] is False and verdict["error"]["reason"], "the verdict is " + str(verdict))
    hotseat.hotseat("config", "check", "/does/not/exist").exits(2)
