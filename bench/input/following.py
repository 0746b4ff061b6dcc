#!/usr/bin/python3
"""How long after a hotkey or a request the mouse moves at the new target. Runs inside the virtual workstation; bench/run starts it.

usage: following.py STAGE PROGRAMS      (what `cmake --install` made; where hotseat-bench-* are)

Writes following.md and following.json to $LAB_OUT. A figure that is too high fails nothing.
"""

import json
import os
import subprocess
import sys
from statistics import median

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(1, os.path.dirname(HERE))
from cells import COUNTED  # noqa: E402
from measure import say  # noqa: E402
from report import machine, table, verdict_rows  # noqa: E402
from switching import DEVICES, GUESTS, RATE, SWITCHES, WAYS, Seat  # noqa: E402
from workstation import unplug_everything  # noqa: E402

OUT = os.environ["LAB_OUT"]
ROUNDS = int(os.environ.get("BENCH_ROUNDS") or 3)
WARM_UP = 40  # switches
ALLOWED = 1e6 / RATE + 1000  # µs: a frame and 1 ms

TITLE = "From the hotkey to the first event at the new target" + ("" if COUNTED else ", in real time")

SECTION = """## {title}

Written by `make bench`{commit}. {guests} guests, {devices} devices, and a mouse that sends {rate} frames a second all the time; {switches} switches
there and back in each of {rounds} rounds. Medians over the rounds, and (min–max) of them, in µs: from the write of the key or the
line, or the call on D-Bus, until the first frame has been read from the new target's clone, the wait for the mouse's next frame
included; the same without what that frame of the mouse itself was late by, for an emulated PC stands still at times; and how long
each frame took from the mouse to a clone, all the while. Nothing switches for an answer, which is what hotseatd says to a line that asks
for help: what its socket alone takes, there and back. Nor for a ping, a call that its bus library answers by itself: what the bus takes.

Measured in the lab (`lab/README.md`): {machine}.

{verdicts}
{figures}
A hotkey for which nothing has to happen first is followed by the thread that reads it. A line comes through hotseatd's own socket, as
from a guest's serial port; a request comes through the bus. All three wait for the mouse's next frame, which an answer and a ping do not.
"""


def spread(series):
    return "{:.0f} ({:.0f}–{:.0f})".format(median(series), min(series), max(series))


def row(found, way):
    figures = [[one[way][what][figure] for one in found] for what in ("waited", "owed", "frame") for figure in ("p50", "p99")]
    counts = [sum(one[way][name] for one in found) for name in ("missed", "lost")]
    return [way] + [spread(series) for series in figures] + [str(count) for count in counts]


def judged(found):
    for way in ("hotkey", "line", "request"):
        p99 = median(one[way]["owed"]["p99"] for one in found)
        yield "{}: p99 at most {:.0f} µs, a frame and 1 ms, the mouse's lateness taken off".format(way, ALLOWED), "{:.0f} µs".format(p99), p99 <= ALLOWED


def text(found):
    commit = os.environ.get("BENCH_COMMIT")
    head = ["", "first event, p50", "p99", "without the mouse's lateness, p50", "p99", "any frame, p50", "p99", "switches without an event", "frames lost"]
    return SECTION.format(
        title=TITLE,
        commit=" of commit " + commit if commit else "",
        guests=len(GUESTS),
        devices=DEVICES,
        rate=RATE,
        switches=SWITCHES,
        rounds=len(found),
        machine=machine(),
        verdicts=table(["asked for", "measured", ""], verdict_rows(list(judged(found)))),
        figures=table(head, [row(found, way) for way in WAYS]),
    )


def main():
    stage, programs = sys.argv[1:]
    subprocess.run([os.environ["LAB_TREE"] + "/lab/workstation/up"], check=True)
    unplug_everything()
    seat = Seat(stage, programs)
    for way in WAYS:
        seat.measure(way, WARM_UP)  # an emulator translates what runs for the first time
    found = []
    for number in range(ROUNDS):
        say("round {} of {}".format(number + 1, ROUNDS))
        found.append({way: seat.measure(way) for way in WAYS})
    seat.end()
    with open(OUT + "/following.json", "w", encoding="utf-8") as file:
        json.dump(found, file, indent=1)
    with open(OUT + "/following.md", "w", encoding="utf-8") as file:
        file.write(text(found))
    for what, figure, met in judged(found):
        print("{}  {}: {}".format("met    " if met else "NOT MET", what, figure), flush=True)


if __name__ == "__main__":
    main()
