"""The part of docs/benchmarks.md that tells of input forwarding."""

import os
from statistics import median

import callgrind
from cells import CELLS, COUNTED, RECOVERY
from figures import (
    calls_per_frame,
    comparable,
    judged,
    over_floor,
    runs,
    total,
    typical,
    values,
    ways_in,
)
from report import machine, table, verdict_rows

NAMES = {
    "none": "no forwarder",
    "blocking": "floor, blocking",
    "blocking-fifo": "floor, blocking, real-time",
    "epoll": "floor, epoll",
    "epoll-fifo": "floor, epoll, real-time",
    "hotseat": "**hotseat**",
    "interception": "interception-tools",
    "python": "python-evdev",
}

TITLE = "Input forwarding" if COUNTED else "Input forwarding, in real time"

SECTION = """## {title}

Written by `make bench`{commit}; {rounds}. Mice made with uinput send frames (REL_X, REL_Y, SYN_REPORT); what is told
is how long a frame takes from the write that sends it until it has been read from the clone, in µs.

Measured in the lab (`lab/README.md`): {machine}. Ratios say more than microseconds here.

### What was asked for

{verdicts}
### Latency and CPU time

Medians over the rounds, and (min–max) of them. CPU is what all threads of a forwarder ran, per frame; `×` is how much that is of
the best floor's figure. What was asked for is held against the better of the two floors that have hotseat's priority.

{latencies}
{kept}{saturation}"""

# What does not depend on the clock is told once.
KEPT = """* **no forwarder**: the frame read from the mouse's own node.
* **floor**: `bench/input/floor_*.c`, the least that it can cost: a `read` of all that is queued and a `write` of the same; with a
  thread for each device that waits in `read`, or one thread that waits in `epoll_wait`; each with normal priority and with
  SCHED_FIFO, which hotseat has.
* **hotseat**: as it is installed, by its own unit. That one's sandbox has the kernel ask for each system call whether it is allowed
  (seccomp), which takes 0.13 µs of it by the counted clock.
* **interception-tools**: Debian's, `intercept -g DEVICE | uinput -d DEVICE`.
* **python-evdev**: `bench/input/forward.py`, which forwards event by event from an asyncio loop, as vfio-kvm does.
  A queue that has overrun would end it with an exception; here that is caught.

One boot. Every forwarder is a service that stands by all the time with eight mice of its own, which it has grabbed; one or eight of
them send. The ways take turns at each rate, and the order changes from round to round. Several devices send at the same tick, as
those on one USB controller do. A tick that comes too late is skipped, not made up for. Source and sink are two threads of one
program (`bench/input/load.c`) with SCHED_FIFO above every forwarder. A frame carries its number as the value of REL_X, so each is
paired with itself. Busy means: a process for each CPU that wants all of it. The lab's own USB devices are unplugged.

### System calls per frame

Counted by the kernel (raw_syscalls), in runs of their own.

{calls}
{instructions}
"""

SATURATION = """### Where the lab saturates

Frames a second that get through from one device when more and more are asked for, idle; and those that are lost, in percent.

{scan}
"""

LOSSES = """Beyond that only losses say anything. Each of the following runs is followed by {recovery} frames at {recovery_rate} Hz for each device:
recovered, if all of these arrive. Lost frames are the sum over all rounds.

{losses}
"""


def rounded(value):
    return "{:.1f}".format(value) if COUNTED else "{:.0f}".format(value)


def spread(series):
    return "{} ({}–{})".format(*map(rounded, (median(series), min(series), max(series))))


def with_ratio(findings, cell, way, figure):
    value = typical(findings, cell, way, figure)
    if way == "none":
        return "–" if figure == "cpu" else rounded(value)
    return "{} ({:.2f} ×)".format(rounded(value), over_floor(findings, cell, way, figure))


def latency_row(findings, cell, way):
    row = [NAMES[way]] + [with_ratio(findings, cell, way, figure) for figure in ("p50", "p99", "cpu")]
    row += [spread(values(findings, cell, way, figure)) for figure in ("p999", "max")]
    return row + [str(total(findings, cell, way, "lost"))]


def latency_table(findings):
    tables = []
    for cell in CELLS:
        if comparable(findings, cell):
            head = [cell.key, "p50", "p99", "CPU", "p99.9", "max", "lost"]
            tables.append(table(head, [latency_row(findings, cell, way) for way in ways_in(findings)]))
    return "\n".join(tables) or "The machine was too busy with other things: not even the source kept its pace.\n"


def calls_table(findings):
    if not findings["calls"]:
        return "Not counted.\n"
    keys = list(findings["calls"][0])
    rows = []
    for way in ways_in(findings):
        if way != "none":
            rows.append([NAMES[way]] + [calls_text(calls_per_frame(findings, key, way)) for key in keys])
    return table([""] + keys, rows)


def calls_text(calls):
    parts = ", ".join("{} {:.2f}".format(name, count) for name, count in calls.items())
    return "{:.2f} ({})".format(sum(calls.values()), parts)


def saturation_table(findings):
    scans = findings["scans"]
    if not scans:
        return "Not measured.\n"
    ways = list(scans[0])
    rows = []
    for rate in scans[0][ways[0]]:
        row = [str(rate)]
        for way in ways:
            found = [scan[way][rate] for scan in scans]
            lost = 100 * sum(run["lost"] for run in found) / sum(run["sent"] for run in found)
            row.append("{:.0f}, {:.1f} %".format(median(run["rate"] for run in found), lost))
        rows.append(row)
    return table(["asked for"] + [NAMES[way] for way in ways], rows)


def loss_text(findings, cell, way):
    found = runs(findings, cell, way)
    text = "{} of {} at {:.0f} Hz".format(
        total(findings, cell, way, "lost"), total(findings, cell, way, "sent"), typical(findings, cell, way, "rate")
    )
    odd = sum(run["doubled"] + run["disordered"] for run in found)
    text += ", {} doubled or out of order".format(odd) if odd else ""
    if cell.overload:
        recovered = sum(run["recovery"]["lost"] == 0 for run in found)
        text += ", recovered {} of {}".format(recovered, len(found))
    return text


def losses(findings):
    cells = [cell for cell in CELLS if not comparable(findings, cell)]
    if not cells:
        return ""
    ways = ways_in(findings)
    rows = [[NAMES[way]] + [loss_text(findings, cell, way) for cell in cells] for way in ways]
    text = table([""] + [cell.key for cell in cells], rows)
    return LOSSES.format(recovery=RECOVERY.frames, recovery_rate=RECOVERY.rate, losses=text)


def verdicts(findings):
    lines = ["{}  {}: {}".format("met    " if met else "NOT MET", what, figure) for what, figure, met in judged(findings)]
    return "\n".join(lines)


def verdict_table(findings):
    judgements = judged(findings)
    if not judgements:
        return "hotseat was not among those measured.\n"
    return table(["asked for", "measured", ""], verdict_rows(judgements))


def text(findings):
    commit = os.environ.get("BENCH_COMMIT")
    rounds = len(findings["rounds"])
    kept = KEPT.format(calls=calls_table(findings), instructions=callgrind.section(callgrind.expected()))
    return SECTION.format(
        title=TITLE,
        commit=" of commit " + commit if commit else "",
        rounds="{} round{}".format(rounds, "" if rounds == 1 else "s"),
        machine=machine(),
        verdicts=verdict_table(findings),
        latencies=latency_table(findings),
        kept=kept if COUNTED else "",
        saturation=SATURATION.format(scan=saturation_table(findings)) + losses(findings),
    )
