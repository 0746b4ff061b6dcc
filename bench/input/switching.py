"""How long after a hotkey or a request the mouse moves at the new target, on a seat with many guests and devices."""

import json
import os
import subprocess

import daemon
from load import wait_for
from workstation import GUEST, run

MICE, KEYBOARDS = 4, 28  # more mice would leave no device numbers: each of their clones takes two
DEVICES = MICE + KEYBOARDS
GUESTS = [GUEST] + ["guest{}".format(number) for number in range(2, 17)]  # the others have clones too, and that is all
RATE = 1000  # frames a second of the first mouse
SWITCHES = 300
WAYS = ("hotkey", "line", "answer", "request", "ping")
PATIENCE = 300  # s, until so many clones are there
DEVICE = """
[[device]]
name = "{kind}{number}"
match = {{ name = "hotseat bench {kind} {number}" }}
transport = "evdev"
optional = true  # the guest reads none of them, and may have the seat all the same
"""


def config():
    text = '[host]\nhotkey = ["KEY_F13"]\n'
    for kind, count in (("mouse", MICE), ("keyboard", KEYBOARDS)):
        text += "".join(DEVICE.format(kind=kind, number=number + 1) for number in range(count))
    text += '[guest.{}]\nhotkey = ["KEY_F14"]\n'.format(GUESTS[0])
    return text + "".join("[guest.{}]\n".format(name) for name in GUESTS[1:])


def clone(target):
    return "/dev/input/by-id/{}-mouse1".format(target)


class Seat:
    def __init__(self, stage, programs):
        run("virsh", "-q", "start", GUEST)
        daemon.install(stage)
        run("udevadm", "control", "--reload")
        self.ends = subprocess.Popen(
            [programs + "/hotseat-bench-switches", str(MICE), str(KEYBOARDS), GUEST],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        if self.ends.stdout.readline() != "ready\n":
            raise RuntimeError("hotseat-bench-switches ended with {}".format(self.ends.wait()))
        run("udevadm", "settle", "--timeout=120")
        with open(daemon.CONFIG_FILE, "w", encoding="utf-8") as file:
            file.write(config())
        run("systemctl", "daemon-reload")
        run("systemctl", "start", "hotseatd.service")
        if not wait_for(lambda: all(os.path.exists(clone(name)) for name in GUESTS), PATIENCE):
            raise RuntimeError("hotseatd has not made all clones within {} s".format(PATIENCE))
        run("udevadm", "settle", "--timeout=120")

    def measure(self, way, switches=SWITCHES):
        command = "{} {} {} {} {}\n".format(way, RATE, switches, clone("host"), clone(GUEST))
        self.ends.stdin.write(command)
        self.ends.stdin.flush()
        answer = self.ends.stdout.readline()
        if not answer:
            raise RuntimeError("hotseat-bench-switches ended with {}".format(self.ends.wait()))
        return json.loads(answer)

    def end(self):
        run("systemctl", "stop", "hotseatd.service")
        self.ends.stdin.close()
        self.ends.wait()
        run("virsh", "-q", "destroy", GUEST)
