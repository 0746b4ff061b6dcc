"""The figures, and the page that tells them."""

import os
import platform
import subprocess
from statistics import median

DIRECTIONS = ("there", "back")
NAMES = {
    "script": "script",
    "floor": "floor",
    "hotseat": "**hotseat**",
    "command": "`hotseat switch`",
}

# What was asked for.
OVER_FLOOR = 1.10
UNDER_SCRIPT = 3.0
WIRE_MS = 15.0
RSS_MB = 20.0


def times(rounds, way, direction):
    if direction == "round trip":
        return [sum(one[way][part].took for part in DIRECTIONS) for one in rounds]
    return [one[way][direction].took for one in rounds]


def wires(rounds, way, direction):
    return [one[way][direction].wire for one in rounds]


def ratio(rounds, way, other, direction):
    return median(times(rounds, way, direction)) / median(times(rounds, other, direction))


def paired(rounds, way, other, direction):
    """The median of the ratios within each round: what slows a whole round down does not count."""
    return median(a / b for a, b in zip(times(rounds, way, direction), times(rounds, other, direction)))


def spread(values):
    return "{:.1f} ({:.1f}–{:.1f})".format(median(values), min(values), max(values))


def beyond_watchdog(idle):
    """A thread that wakes goes to sleep again, which is a voluntary switch; an involuntary one is somebody else's wake-up."""
    return idle["voluntary"] - idle["pings"]


def table(head, rows):
    lines = [head, ["---"] * len(head)] + rows
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


def times_table(rounds):
    rows = []
    for way, name in NAMES.items():
        row = [name]
        for direction in (*DIRECTIONS, "round trip"):
            row.append(spread(times(rounds, way, direction)))
        rows.append(row)
    return table(["", "there, ms", "back, ms", "round trip, ms"], rows)


def wire_table(rounds):
    rows = [[name] + [spread(wires(rounds, way, part)) for part in DIRECTIONS] for way, name in NAMES.items()]
    return table(["", "there, ms", "back, ms"], rows)


def judged(rounds, idle):
    """(what was asked for, the figure, met)"""
    judgements = []
    for direction in (*DIRECTIONS, "round trip"):
        over = ratio(rounds, "hotseat", "floor", direction)
        pair = paired(rounds, "hotseat", "floor", direction)
        figure = "{:.3f} × (median of the rounds' own ratios: {:.3f})".format(over, pair)
        judgements.append(("{}: at most {:.2f} × the floor".format(direction, OVER_FLOOR), figure, over <= OVER_FLOOR))
    for direction in (*DIRECTIONS, "round trip"):
        faster = ratio(rounds, "script", "hotseat", direction)
        what = "{}: at least {:.0f} × faster than the script".format(direction, UNDER_SCRIPT)
        judgements.append((what, "{:.1f} ×".format(faster), faster >= UNDER_SCRIPT))
    for direction in DIRECTIONS:
        wire = median(wires(rounds, "hotseat", direction))
        what = "{}: both monitors have their Set VCP within {:.0f} ms of the request".format(direction, WIRE_MS)
        judgements.append((what, "{:.1f} ms".format(wire), wire <= WIRE_MS))
    return judgements + judged_at_rest(idle)


def judged_at_rest(idle):
    judgements = []
    extra = beyond_watchdog(idle)
    figure = "{} ({} voluntary and {} involuntary context switches, {} watchdog messages)".format(
        extra, idle["voluntary"], idle["involuntary"], idle["pings"]
    )
    judgements.append(("idle for {} s: no wake-up beyond the watchdog's".format(idle["seconds"]), figure, extra <= 0))
    rss = idle["memory"]["VmRSS"] / 1024
    figure = "{:.1f} MB (RssAnon {:.1f}, RssFile {:.1f})".format(
        rss, idle["memory"]["RssAnon"] / 1024, idle["memory"]["RssFile"] / 1024
    )
    judgements.append(("idle: resident memory at most {:.0f} MB".format(RSS_MB), figure, rss <= RSS_MB))
    return judgements


def verdicts(rounds, idle):
    lines = ["{}  {}: {}".format("met    " if met else "NOT MET", what, figure) for what, figure, met in judged(rounds, idle)]
    return "\n".join(lines)


def verdict_rows(judgements):
    return [[what, figure, "met" if met else "**not met**"] for what, figure, met in judgements]


def verdict_table(rounds, idle):
    return table(["asked for", "measured", ""], verdict_rows(judged(rounds, idle)))


def steps_table(rounds):
    """Where hotseat's own time goes, by its reports. Steps without an order between them run at the same time."""
    rows = []
    for direction in DIRECTIONS:
        found = {}
        for one in rounds:
            for step in one["hotseat"][direction].report["steps"]:
                found.setdefault(step["text"], []).append(step["took_ms"])
        rows += [[direction, text, spread(took)] for text, took in found.items()]
        whole = [one["hotseat"][direction].report["took_ms"] for one in rounds]
        rows.append([direction, "the whole switch, without D-Bus", spread(whole)])
    return table(["", "step", "ms"], rows)


COUNTED = """a PC emulated in software (QEMU TCG) with one
virtual CPU, for which time is what it executes, a nanosecond for each instruction (`LAB_CLOCK=instructions`), Linux {release}.
A real one executes several in that time, but also waits for its memory, which is not counted here. What else the machine beneath
does changes no figure"""


def machine():
    if os.environ.get("LAB_CLOCK") == "instructions":
        return COUNTED.format(release=platform.release())
    kind = subprocess.run(["systemd-detect-virt"], stdout=subprocess.PIPE, text=True).stdout.strip()
    emulated = "a PC emulated in software (QEMU TCG), many times slower than a real one" if kind == "qemu" else kind
    text = "{}, {} virtual CPUs, Linux {}".format(emulated, os.cpu_count(), platform.release())
    load = os.environ.get("BENCH_LOAD")
    if load:
        text += ". The machine beneath it has {}".format(load)
    return text


PAGE = """# Benchmarks

Written by `make bench`{commit}; {rounds} after one to warm up. Keyboard and mouse (USB hot-plug) and two monitors
(DDC/CI) go from the host to a running guest (there) and back.

Measured in the lab (`lab/README.md`): {machine}. Ratios say more than milliseconds here.

## What was asked for

{verdicts}
## Whole switches

Median (min–max) in milliseconds.

{times}
* **script**: `bench/script.sh`, a `virsh attach-device` or `detach-device` for each device and a `ddcutil setvcp 60 … --bus`
  for each monitor, one after the other, as people do it by hand.
* **floor**: `bench/floor.c`, the least that it can cost. With libvirt and `/dev/i2c-*` open already: the two Set VCP messages,
  then the two attach calls; or two detach calls and the wait for both DEVICE_REMOVED events. It plans, checks, verifies and
  reports nothing.
* **hotseat**: `hotseatd`, asked over a D-Bus connection that stands already; from sending the call until its reply.
* **`hotseat switch`**: the same from a new process.

## From the request to the wire

Median (min–max) in milliseconds until the later of both monitors had received its Set VCP message, by the monitors' own log.

{wires}
One question to the message bus and its answer took {bus} ms; hotseatd asks one, who the caller is, before each switch.

## Inside hotseat

{steps}
## At rest

`hotseatd` with a watchdog of 10 s, {threads} threads, over {seconds} s in which nobody wanted anything: {voluntary} voluntary and
{involuntary} involuntary context switches of all threads, {pings} watchdog messages. Resident memory {rss} kB at that time
(RssAnon {anon}, RssFile {file}), {rss_after} kB after the {switches} switches of the rounds. The largest parts of it:

{resident}
## How it was measured

One boot. The ways take turns within each round, and the order changes from round to round. `hotseatd` is stopped (SIGSTOP)
while the script and the floor are at work, for it would fetch the devices back, and is idle again before its own turn. After
every switch the kernel, QEMU's open files and the monitors are asked whether everything is where it belongs; if not, there are
no figures. All times are CLOCK_MONOTONIC, taken by the program that makes the request; those of processes include their
start. Wake-ups are context switches from `/proc/PID/task/*/status`, less one for each watchdog message.
"""


def page(rounds, bus, idle):
    commit = os.environ.get("BENCH_COMMIT")
    return PAGE.format(
        commit=" of commit " + commit if commit else "",
        rounds="{} round{}".format(len(rounds), "" if len(rounds) == 1 else "s"),
        machine=machine(),
        verdicts=verdict_table(rounds, idle),
        times=times_table(rounds),
        wires=wire_table(rounds),
        bus=spread(bus),
        steps=steps_table(rounds),
        threads=idle["threads"],
        seconds=idle["seconds"],
        voluntary=idle["voluntary"],
        involuntary=idle["involuntary"],
        pings=idle["pings"],
        rss=idle["memory"]["VmRSS"],
        anon=idle["memory"]["RssAnon"],
        file=idle["memory"]["RssFile"],
        resident=table(["kB", ""], [[str(size), name] for size, name in idle["resident"][:10]]),
        rss_after=idle["memory_after"]["VmRSS"],
        switches=4 * (len(rounds) + 1),
    )


def raw(rounds, bus, idle):
    """Every single figure, for whoever wants to look closer."""
    plain = [{way: {part: vars(turn) for part, turn in turns.items()} for way, turns in one.items()} for one in rounds]
    return {"rounds": plain, "bus": bus, "idle": idle}
