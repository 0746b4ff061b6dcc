#!/usr/bin/python3
"""The measurements. Runs inside the virtual workstation; bench/run starts it there.

usage: measure.py STAGE PROGRAMS      (what `cmake --install` made; where hotseat-bench-* are)

Writes benchmarks.md and benchmarks.json to $LAB_OUT. A time that is too long fails nothing; a switch that did not happen does.
"""

import json
import os
import subprocess
import sys
import time

import report
from daemon import Daemon, install
from ways import Command, Floor, Hotseat, Script
from workstation import GUEST, INPUTS, MONITORS, expect_at, run

OUT = os.environ["LAB_OUT"]
ROUNDS = int(os.environ.get("BENCH_ROUNDS") or 10)
IDLE_SECONDS = 60
WATCHDOG = 10_000_000  # µs, as in hotseatd.service


def say(text):
    print("[{:6.1f} s] {}".format(time.monotonic(), text), flush=True)


def there_and_back(name, way):
    turns = {}
    for target, direction in ((GUEST, "there"), ("host", "back")):
        run("udevadm", "settle")
        turns[direction] = way.switch(target)
        expect_at(target, name)
    say("{}: {:.1f} ms there, {:.1f} ms back".format(name, turns["there"].took, turns["back"].took))
    return turns


def round_trip(ways, daemon, number):
    """One turn of each way. hotseatd sleeps while others move its devices: it would fetch them back. Who is first changes."""
    order = ["script", "floor", "hotseat", "command"]
    if number % 2:
        order = ["hotseat", "command", "floor", "script"]
    result = {}
    for name in order:
        if name in ("script", "floor"):
            daemon.halt()
        else:
            daemon.proceed()
        result[name] = there_and_back(name, ways[name])
    daemon.proceed()
    return result


def keep(rounds, bus, idle):
    """After every round, so that a run that is cut short has told what it knows."""
    with open(OUT + "/benchmarks.md", "w", encoding="utf-8") as file:
        file.write(report.page(rounds, bus, idle))
    with open(OUT + "/benchmarks.json", "w", encoding="utf-8") as file:
        json.dump(report.raw(rounds, bus, idle), file, indent=1)


def measure_switches(programs, log, idle):
    daemon = Daemon(log)
    hotseat = Hotseat(programs)
    ways = {"script": Script(), "floor": Floor(programs), "hotseat": hotseat, "command": Command()}
    say("the first round only warms up")
    round_trip(ways, daemon, 0)
    rounds, bus = [], []
    for number in range(ROUNDS):
        say("round {} of {}".format(number + 1, ROUNDS))
        rounds.append(round_trip(ways, daemon, number))
        bus += [hotseat.bus_round_trip() for _ in range(5)]
        idle["memory_after"] = daemon.memory()
        keep(rounds, bus, idle)
    daemon.end()
    return rounds


def measure_idle(log):
    daemon = Daemon(log, WATCHDOG)
    say("idle for {} s".format(IDLE_SECONDS))
    idle = daemon.watch(IDLE_SECONDS)
    idle.update(memory=daemon.memory(), resident=daemon.resident(), threads=daemon.threads())
    daemon.end()
    print(report.table(["at rest", "", ""], report.verdict_rows(report.judged_at_rest(idle))), flush=True)
    return idle


def main():
    stage, programs = sys.argv[1:]
    log = OUT + "/hotseatd.log"
    subprocess.run([os.environ["LAB_TREE"] + "/lab/workstation/up"], check=True)
    run("virsh", "-q", "start", GUEST)
    install(stage)
    for monitor, inputs in zip(MONITORS, INPUTS):
        monitor.input = inputs["host"]
    expect_at("host", "at the start")
    say("the workstation is up")
    idle = measure_idle(log)
    rounds = measure_switches(programs, log, idle)
    print(report.verdicts(rounds, idle), flush=True)


if __name__ == "__main__":
    main()
