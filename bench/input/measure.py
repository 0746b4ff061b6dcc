#!/usr/bin/python3
"""Measures the ways to forward input. Runs inside the virtual workstation; bench/run starts it there.

usage: measure.py STAGE PROGRAMS      (what `cmake --install` made; where hotseat-bench-* are)

Writes input.md and input.json to $LAB_OUT. A figure that is too high fails nothing.
"""

import json
import os
import subprocess
import sys
import time
from contextlib import contextmanager, nullcontext

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(1, os.path.dirname(HERE))
import section  # noqa: E402
from cells import CALL_CELLS, CELLS, COUNTED, RECOVERY, SCAN  # noqa: E402
from forwarders import make_forwarders  # noqa: E402
from load import Load  # noqa: E402
from systemcalls import SystemCalls  # noqa: E402
from workstation import unplug_everything  # noqa: E402

OUT = os.environ["LAB_OUT"]
ROUNDS = int(os.environ.get("BENCH_ROUNDS") or 7)
SCAN_ROUNDS = 1 if COUNTED else 3
DEVICES = 8
WARM_UP = (125, 200)  # Hz, frames


def say(text):
    print("[{:6.1f} s] {}".format(time.monotonic(), text), flush=True)


@contextmanager
def busy_cpus():
    """A process of normal priority for each CPU, which wants all of it."""
    hogs = [subprocess.Popen(["sh", "-c", "while :; do :; done"]) for _ in range(os.cpu_count())]
    try:
        yield
    finally:
        for hog in hogs:
            hog.kill()
            hog.wait()


class Bench:
    def __init__(self, stage, programs):
        makers = make_forwarders(stage, programs)
        # Every way has mice of its own and stands by all the time, so that the ways can take turns at each cell.
        self.mice = {way: ["hotseat bench {}{}".format(prefix, i + 1) for i in range(DEVICES)] for way, (prefix, _) in makers.items()}
        self.load = Load(programs + "/hotseat-bench-load", [name for names in self.mice.values() for name in names])
        self.ways = {}
        for way, (_, maker) in makers.items():
            forwarder = maker(self.mice[way], [self.load.nodes[name] for name in self.mice[way]])
            if forwarder.start():
                self.ways[way] = forwarder
            else:
                say("{} is left out: no clones after {} s".format(way, forwarder.patience))
                forwarder.end()
        subprocess.run(["udevadm", "settle"], check=True)

    def run(self, way, devices, rate, frames):
        forwarder = self.ways[way]
        return self.load.run(forwarder.names[:devices], forwarder.outputs[:devices], rate, frames)

    def measure(self, way, cell):
        before = self.ways[way].cpu()
        result = self.run(way, cell.devices, cell.rate, cell.frames)
        result["cpu"] = (self.ways[way].cpu() - before) / 1000 / result["sent"]
        if cell.overload:
            result["recovery"] = self.run(way, cell.devices, RECOVERY.rate, RECOVERY.frames)
        return result

    def cells(self, cells, order):
        return {cell.key: {way: self.measure(way, cell) for way in order} for cell in cells}

    def warm_up(self):
        for way in self.ways:
            self.run(way, DEVICES, *WARM_UP)

    def round(self, number):
        """Who is first changes, and whether the CPUs are idle first."""
        order = list(self.ways)
        if number % 2 == 1:
            order.reverse()
        result = {}
        idle, busy = ([cell for cell in CELLS if cell.loaded == loaded] for loaded in (False, True))
        for cells in (idle, busy) if number % 2 == 0 else (busy, idle):
            with busy_cpus() if cells is busy else nullcontext():
                result.update(self.cells(cells, order))
        return result

    def scan(self):
        """How many frames a second get through, with nothing else to do."""
        return {
            way: {rate: self.run(way, 1, rate, frames) for rate, frames in SCAN} for way in ("none", "blocking", "epoll")
        }

    def system_calls(self, calls):
        """{cell: {way: {system call: how many for a frame}}}"""
        result = {}
        for cell in CALL_CELLS:
            result[cell.key] = {}
            for way, forwarder in self.ways.items():
                with calls.of(forwarder) as counts:
                    sent = self.run(way, cell.devices, cell.rate, cell.frames)["sent"]
                result[cell.key][way] = {name: count / sent for name, count in counts.items()}
        return result

    def end(self):
        for forwarder in self.ways.values():
            forwarder.end()
        self.load.end()


def keep(findings):
    """After every round, so that a run that is cut short has told what it knows."""
    with open(OUT + "/input.json", "w", encoding="utf-8") as file:
        json.dump(findings, file, indent=1)
    with open(OUT + "/input.md", "w", encoding="utf-8") as file:
        file.write(section.text(findings))


def main():
    stage, programs = sys.argv[1:]
    subprocess.run([os.environ["LAB_TREE"] + "/lab/workstation/up"], check=True)
    unplug_everything()
    say("the workstation is up")
    bench = Bench(stage, programs)
    say("standing by: " + ", ".join(bench.ways))
    findings = {"rounds": [], "scans": [], "calls": []}
    bench.warm_up()
    for number in range(ROUNDS):
        say("round {} of {}".format(number + 1, ROUNDS))
        findings["rounds"].append(bench.round(number))
        if number < SCAN_ROUNDS:
            findings["scans"].append(bench.scan())
        keep(findings)
    if COUNTED:
        say("counting system calls")
        with SystemCalls() as calls:
            findings["calls"].append(bench.system_calls(calls))
        keep(findings)
    bench.end()
    say("done")
    print(section.verdicts(findings), flush=True)


if __name__ == "__main__":
    main()
