"""The ways to switch. Each has switch(target) → Turn."""

import json
import os
import subprocess
import time
from dataclasses import dataclass, field

from workstation import GUEST, INPUTS, MONITORS, addresses, clear_logs, last_on_wire

HERE = os.path.dirname(os.path.abspath(__file__))


@dataclass
class Turn:
    took: float  # ms
    wire: float  # ms from the request until both monitors had their Set VCP
    report: dict = field(default_factory=dict)  # hotseat's own


class Process:
    """A program that is started for each switch; creating it is part of the time."""

    def command(self, target):
        raise NotImplementedError

    def switch(self, target):
        argv = self.command(target)
        clear_logs()
        began = time.monotonic_ns()
        process = subprocess.Popen(argv, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        output = process.communicate()[0]
        ended = time.monotonic_ns()
        if process.returncode != 0:
            raise RuntimeError("{} ended with {}: {}".format(" ".join(argv), process.returncode, output))
        return Turn((ended - began) / 1e6, (last_on_wire() - began) / 1e6)


class Script(Process):
    def command(self, target):
        inputs = ["{}={}".format(monitor.bus, shown[target]) for monitor, shown in zip(MONITORS, INPUTS)]
        action = "attach" if target == GUEST else "detach"
        return [HERE + "/script.sh", action, GUEST, *addresses(), "--", *inputs]


class Command(Process):
    def command(self, target):
        return ["hotseat", "switch", target]


class Kept:
    """A program that stays, takes a line and answers "BEGAN_NS MICROSECONDS …"; it has its own clock."""

    def __init__(self, *argv):
        self.process = subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, line):
        """(ns when it began, µs it took, the rest of the answer)"""
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline().split(None, 2)
        if len(answer) < 2:
            raise RuntimeError("{} ended with {}".format(self.process.args[0], self.process.wait()))
        return int(answer[0]), int(answer[1]), answer[2] if len(answer) > 2 else ""

    def turn(self, line):
        clear_logs()
        began, took, rest = self.ask(line)
        return Turn(took / 1e3, (last_on_wire() - began) / 1e6, json.loads(rest) if rest else {})


class Floor(Kept):
    def __init__(self, programs):
        monitors = []
        for monitor, shown in zip(MONITORS, INPUTS):
            monitors += [str(monitor.bus), str(shown["host"]), str(shown[GUEST])]
        super().__init__(programs + "/hotseat-bench-floor", GUEST, *monitors)

    def switch(self, target):
        return self.turn("there " + " ".join(addresses()) if target == GUEST else "back")


class Hotseat(Kept):
    def __init__(self, programs):
        super().__init__(programs + "/hotseat-bench-ask")

    def switch(self, target):
        turn = self.turn(target)
        if turn.report["outcome"] != "done":
            raise RuntimeError("hotseat's switch to {}: {}".format(target, json.dumps(turn.report)))
        return turn

    def bus_round_trip(self):
        """ms for one question to the message bus."""
        return self.ask("-")[1] / 1e3
