#!/usr/bin/python3
"""How hotseat-web bears load: latency of accepted switches, and what idle listeners cost.

usage: HOTSEAT_PROGRAMS=DIRECTORY tests/integration/web/load.py

Sends 100 switches a second, each answered when hotseatd has it (wait: false), then opens 500 event streams."""

import http.client
import json
import time

from station import Station

RATE = 100
SECONDS = 10
STREAMS = 500


def memory(pid):
    with open("/proc/{}/status".format(pid), encoding="utf-8") as file:
        fields = dict(line.split(":", 1) for line in file)
    return int(fields["VmRSS"].split()[0]) / 1024


def accepted(station):
    """Milliseconds from the request until the answer, sorted."""
    connection = http.client.HTTPConnection("127.0.0.1", station.port)
    headers = {"Authorization": "Bearer " + station.token, "Content-Type": "application/json"}
    took = []
    begun = time.monotonic()
    for turn in range(RATE * SECONDS):
        time.sleep(max(0, begun + turn / RATE - time.monotonic()))
        sent = time.monotonic()
        connection.request("POST", "/api/v1/switch", json.dumps({"to": "host", "wait": False}), headers)
        answer = connection.getresponse()
        answer.read()
        took.append((time.monotonic() - sent) * 1000)
        assert answer.status in (200, 202), answer.status
    return sorted(took)


def main():
    with Station() as station:
        print("idle: {:.1f} MB".format(memory(station.web.pid)))
        took = accepted(station)
        print("{} switches at {}/s: median {:.2f} ms, p99 {:.2f} ms, longest {:.2f} ms".format(
            len(took), RATE, took[len(took) // 2], took[len(took) * 99 // 100], took[-1]))
        before = memory(station.web.pid)
        streams = [station.events() for _ in range(STREAMS)]
        for stream in streams:
            assert stream.next()[0] == "hello"
        after = memory(station.web.pid)
        print("{} listeners: {:.1f} MB ({:.1f} MB before, {:.1f} KB each)".format(
            STREAMS, after, before, (after - before) * 1024 / STREAMS))
        sent = time.monotonic()
        station.post("/api/v1/switch", {"to": "win11", "wait": False})
        for stream in streams:
            stream.until("started")
        print("news to all of them: {:.0f} ms".format((time.monotonic() - sent) * 1000))
        for stream in streams:
            stream.close()


if __name__ == "__main__":
    main()
