"""The part of docs/benchmarks.md that tells of hotseat-web."""

import os
import platform
from statistics import median

from report import table, verdict_rows

# What was asked for.
ACCEPTED_MS = 5.0
LISTENERS_MB = 40.0
FIRST_PAINT = 100_000  # bytes

SECTION = """## The web's doors

Written by `make bench`{commit}; {rounds} after one to warm up. `hotseat-web` asks `hotseatd --simulate` over a bus of
their own; a Python client beside them asks `hotseat-web` over the loopback, without TLS.

Measured under {machine}. What the client takes is in the times.

{verdicts}
Medians over the rounds, and (min–max) of them.

{figures}
* **nothing**: `GET /health`, of which hotseatd hears nothing: what client, library and the machine's other work take by themselves.
* **accepted**: `POST /api/v1/switch` with `"wait": false`, {rate} a second for {seconds} s on one connection, to a guest and back by
  turns: from the request until the answer that hotseatd has it. The switches themselves take longer; those that are overtaken
  are called off.
* **listeners**: {streams} streams of `/api/v1/events` that have been told how things are and wait. *News* is how long after a request
  the last of them has been told, one after the other, that a switch has begun.
* **first visit**: what is transferred until a browser shows the dashboard: the page, compressed, with its style and script in it, and
  the first event, headers included.
"""


def percentile(took, percent):
    """Of a sorted list."""
    return took[min(len(took) - 1, len(took) * percent // 100)]


def figures(one):
    """name: value of a round, in the order of the table."""
    return {
        "nothing, p50, ms": percentile(one["nothing"], 50),
        "nothing, p99, ms": percentile(one["nothing"], 99),
        "accepted, p50, ms": percentile(one["took"], 50),
        "accepted, p99, ms": percentile(one["took"], 99),
        "accepted, longest, ms": one["took"][-1],
        "resident, nobody listens, MB": one["idle"],
        "resident with all listeners, MB": one["listeners"]["during"],
        "each listener, KB": (one["listeners"]["during"] - one["listeners"]["before"]) * 1024 / one["listeners"]["count"],
        "news to all listeners, ms": one["listeners"]["told"],
        "first visit, page, bytes": one["visit"]["page"],
        "first visit, first event, bytes": one["visit"]["news"],
    }


def line(one):
    return ", ".join("{} {:.1f}".format(name, value) for name, value in figures(one).items())


def spread(name, values):
    form = "{:.0f} ({:.0f}–{:.0f})" if name.endswith("bytes") else "{:.2f} ({:.2f}–{:.2f})"
    return form.format(median(values), min(values), max(values))


def judged(rounds, rate, streams):
    """(what was asked for, the figure, met)"""
    p99 = median(percentile(one["took"], 99) for one in rounds)
    memory = median(one["listeners"]["during"] for one in rounds)
    visit = median(sum(one["visit"].values()) for one in rounds)
    return [
        ("{} switches a second: accepted within {:.0f} ms, p99".format(rate, ACCEPTED_MS), "{:.2f} ms".format(p99), p99 <= ACCEPTED_MS),
        ("{} idle listeners: resident memory at most {:.0f} MB".format(streams, LISTENERS_MB), "{:.1f} MB".format(memory),
         memory <= LISTENERS_MB),
        ("first paint: less than {:.0f} KB transferred".format(FIRST_PAINT / 1000), "{:.1f} KB".format(visit / 1000), visit < FIRST_PAINT),
    ]


def machine():
    text = "Linux {}".format(platform.release())
    load = os.environ.get("BENCH_LOAD")
    return text + (". The machine has {}, which was other work".format(load) if load else "")


def text(rounds, rate, seconds, streams):
    commit = os.environ.get("BENCH_COMMIT")
    found = [figures(one) for one in rounds]
    return SECTION.format(
        commit=" of commit " + commit if commit else "",
        rounds="{} round{}".format(len(rounds), "" if len(rounds) == 1 else "s"),
        machine=machine(),
        verdicts=table(["asked for", "measured", ""], verdict_rows(judged(rounds, rate, streams))),
        figures=table(["", "median (min–max)"], [[name, spread(name, [one[name] for one in found])] for name in found[0]]),
        rate=rate,
        seconds=seconds,
        streams=streams,
    )
