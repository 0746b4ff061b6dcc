#!/usr/bin/python3
"""What hotseat-web bears: latency of accepted switches, what idle listeners cost, what a first visit transfers. bench/run starts it.

usage: measure.py PROGRAMS      (the directory of hotseatd and hotseat-web)

On a bus of its own, with hotseatd on a simulated workstation; no lab is needed. Writes web.md and web.json to $LAB_OUT. A figure that is
too high fails nothing.
"""

import http.client
import json
import os
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
PROGRAMS = os.environ["HOTSEAT_PROGRAMS"] = sys.argv[1]
sys.path[1:1] = [os.path.dirname(HERE), os.path.join(HERE, "../../tests/integration/web")]
import section  # noqa: E402
from station import Station, with_us  # noqa: E402

OUT = os.environ["LAB_OUT"]
ROUNDS = int(os.environ.get("BENCH_ROUNDS") or 7)
RATE = 100
SECONDS = 10
STREAMS = 500


class Workstation(Station):
    """The real hotseatd, with simulated devices."""

    def start_daemon(self):
        self.daemon = subprocess.Popen([PROGRAMS + "/hotseatd", "--simulate", "--session-bus"], env=self.environment,
                                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, preexec_fn=with_us)


def memory(pid):
    """Resident, in MB."""
    with open("/proc/{}/status".format(pid), encoding="utf-8") as file:
        fields = dict(line.split(":", 1) for line in file)
    return int(fields["VmRSS"].split()[0]) / 1024


def wait_for(moment):
    time.sleep(max(0, moment - time.monotonic()))


def answered(station, status, method, path, bodies=(None,)):
    """Milliseconds from each request until its answer, sorted; the bodies take turns."""
    connection = http.client.HTTPConnection("127.0.0.1", station.port)
    headers = {"Authorization": "Bearer " + station.token, "Content-Type": "application/json"}
    took = []
    begun = time.monotonic()
    for turn in range(RATE * SECONDS):
        wait_for(begun + turn / RATE)
        sent = time.monotonic()
        connection.request(method, path, bodies[turn % len(bodies)], headers)
        answer = connection.getresponse()
        answer.read()
        took.append((time.monotonic() - sent) * 1000)
        assert answer.status == status, answer.status
    connection.close()
    return sorted(took)


def accepted(station):
    """There and back by turns, while the last switches are under way."""
    bodies = [json.dumps({"to": target, "wait": False}) for target in ("win11", "host")]
    return answered(station, 202, "POST", "/api/v1/switch", bodies)


def received(station, path, last):
    """How many bytes arrive for a path, headers included, up to those that are `last`."""
    with station.connect() as end:
        request = "GET {} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip, deflate, br\r\nAuthorization: Bearer {}\r\n{}\r\n"
        end.sendall(request.format(path, station.token, "" if last else "Connection: close\r\n").encode())
        data = b""
        while not (last and last in data):
            chunk = end.recv(65536)
            if not chunk:
                break
            data += chunk
    assert data.startswith(b"HTTP/1.1 200 "), data[:200]
    return len(data)


def first_visit(station):
    """The page, and the event with what it shows."""
    return {"page": received(station, "/", b""), "news": received(station, "/api/v1/events", b"}\n\n")}


def listening(station):
    before = memory(station.web.pid)
    streams = [station.events() for _ in range(STREAMS)]
    for stream in streams:
        event, _ = stream.next()
        assert event == "hello", event
    during = memory(station.web.pid)
    sent = time.monotonic()
    station.post("/api/v1/switch", {"to": "win11", "wait": False})
    for stream in streams:
        stream.until("started")
    told = (time.monotonic() - sent) * 1000
    for stream in streams:
        stream.close()
    return {"count": STREAMS, "before": before, "during": during, "told": told}


def one_round():
    """Each with processes of its own: what an earlier round has allocated helps nobody."""
    with Workstation() as station:
        visit = first_visit(station)
        idle = memory(station.web.pid)
        listeners = listening(station)
    with Workstation() as station:
        nothing = answered(station, 200, "GET", "/health")
        took = accepted(station)
    return {"visit": visit, "idle": idle, "listeners": listeners, "nothing": nothing, "took": took}


def main():
    rounds = []
    one_round()  # warms up
    for number in range(ROUNDS):
        rounds.append(one_round())
        print("round {} of {}: {}".format(number + 1, ROUNDS, section.line(rounds[-1])), flush=True)
        # After every round, so that a run that is cut short has told what it knows.
        with open(OUT + "/web.json", "w", encoding="utf-8") as file:
            json.dump(rounds, file)
        with open(OUT + "/web.md", "w", encoding="utf-8") as file:
            file.write(section.text(rounds, RATE, SECONDS, STREAMS))


if __name__ == "__main__":
    main()
