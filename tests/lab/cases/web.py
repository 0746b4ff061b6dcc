"""hotseat-web under its own unit: confined, paired, and asking on behalf of its clients."""

import json
import re
import subprocess

import hotseat
from harness import eventually, expect, expect_equal, test
from seat import ROUTED, Seat
from workstation import run

UNIT = "hotseat-web.service"
ADDRESS = "http://127.0.0.1:8674"
LIMITED = Seat(devices=("keyboard",), routed=("keyboard",), monitors=False, more='[policy]\n"web:kitchen" = ["switch:host", "status"]\n')


class Web:
    """Runs while it is the context; `token` is that of the client NAME."""

    def __init__(self, name):
        self.name = name

    def __enter__(self):
        run("systemctl", "start", UNIT)
        said = hotseat.hotseat("web", "token", self.name).exits(0).out
        found = re.search(r"\S{30,}", said)
        expect(found, "no token in: " + said)
        self.token = found[0]
        return self

    def __exit__(self, *_):
        hotseat.hotseat("web", "unpair", self.name)
        run("systemctl", "stop", UNIT)

    def ask(self, path, body=None, token=None):
        """(HTTP status, JSON)"""
        argv = ["curl", "-s", "-m", "90", "-w", "\n%{http_code}", ADDRESS + path, "-H", "Authorization: Bearer " + (token or self.token)]
        if body is not None:
            argv += ["-H", "Content-Type: application/json", "-d", json.dumps(body)]
        said = subprocess.run(argv, stdout=subprocess.PIPE, text=True, check=True).stdout
        text, status = said.rsplit("\n", 1)
        return int(status), json.loads(text) if text else None


@test(ROUTED)
def web_moves_the_seat_for_its_clients(desk):
    with Web("phone") as web:
        eventually(lambda: expect_equal(web.ask("/api/v1/status")[0], 200, "HTTP status"))
        status, report = web.ask("/api/v1/switch", {"to": "win11"})
        expect_equal((status, report["outcome"]), (200, "done"), "answer")
        desk.expect_at("win11")
        expect_equal(hotseat.status()["last"]["who"], "web client phone", "who asked")
        expect_equal(web.ask("/api/v1/release", {})[0], 200, "HTTP status")
        desk.expect_at("host")
        expect_equal(web.ask("/api/v1/switch", {"to": "win11"}, "x" * 40)[0], 401, "HTTP status of somebody else")
        security = run("systemd-analyze", "security", "--no-pager", UNIT)
        score = re.search(r"Overall exposure level for \S+: ([0-9.]+)", security)
        expect(score and float(score[1]) <= 1.5, "exposure: " + security[-300:])


@test(LIMITED)
def policy_holds_for_web_clients(desk):
    with Web("kitchen") as web:
        eventually(lambda: expect_equal(web.ask("/api/v1/status")[0], 200, "HTTP status"))
        status, report = web.ask("/api/v1/switch", {"to": "win11"})
        expect(status >= 400, "it was let: {} {}".format(status, report))
        expect("web client kitchen may not switch to win11" in json.dumps(report), "it says: {}".format(report))
        desk.expect_at("host")
