"""The user's own commands."""

import hotseat
from harness import expect, expect_equal, test
from seat import Seat

ENVIRONMENT = {
    "HOTSEAT_EVENT": "enter",
    "HOTSEAT_TARGET": "win11",
    "HOTSEAT_FROM": "host",
    "HOTSEAT_TO": "win11",
    "HOTSEAT_DOMAIN": "win11",
    "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    "LANG": "C.UTF-8",
}


def with_commands(enter="", leave=""):
    lines = ["on_enter = [{}]".format(enter)] if enter else []
    lines += ["on_leave = [{}]".format(leave)] if leave else []
    return Seat(devices=("mouse",), win11="\n".join(lines))


@test(with_commands('["/usr/bin/env"]', '["/bin/echo", "$HOME", "; leaving"]'))
def commands_get_a_clean_environment_and_no_shell(desk):
    journal = hotseat.Journal()
    hotseat.switch("win11")
    found = {}
    for line in journal.text().splitlines():
        words = line.split("env: ")[-1].split(": ")[-1]
        name, equals, value = words.partition("=")
        if equals and name.isupper() and " " not in name:
            found[name] = value
    expect_equal(found, ENVIRONMENT, "environment of the command")
    hotseat.release()
    journal.expect("$HOME ; leaving")
    desk.expect_at("host")


@test(with_commands('{ run = ["/bin/false"], required = true }'))
def all_or_nothing__required_command_that_fails_rolls_back(desk):
    answer = hotseat.hotseat("switch", "win11", "--json").exits(1)
    hotseat.expect_outcome(answer.json, "rolled-back")
    expect_equal(answer.json["owner"], "host", "owner in the report")
    expect("/bin/false" in str(answer.json["problems"]), "no problem names the command: " + str(answer.json["problems"]))
    desk.expect_at("host")


@test(with_commands('{ run = ["/bin/sleep", "60"], timeout = "300ms" }'))
def command_that_hangs_is_ended_and_is_a_warning(desk):
    report = hotseat.switch("win11", "done-with-warnings")
    expect("/bin/sleep" in " ".join(report["warnings"]), "no warning names the command: " + str(report["warnings"]))
    expect(report["took_ms"] < 10000, "it took {} ms with a timeout of 300 ms".format(report["took_ms"]))
    desk.expect_at("win11")


@test(with_commands('["/does/not/exist"]'))
def command_that_cannot_start_is_a_warning(desk):
    report = hotseat.switch("win11", "done-with-warnings")
    expect("/does/not/exist" in " ".join(report["warnings"]), "no warning names the command: " + str(report["warnings"]))
    desk.expect_at("win11")
