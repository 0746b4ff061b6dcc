"""hotseat as its users meet it: the command, the unit, the bus."""

import json
import os
import signal
import subprocess
import threading
import time

from harness import Unexpected, eventually, expect, expect_equal, outline
from workstation import run

CONFIG = "/etc/hotseat/hotseat.toml"
UNIT = "hotseatd.service"
NAME, OBJECT = "org.hotseat.Hotseat1", "/org/hotseat/Hotseat1"


class Answer:
    """How a command ended."""

    def __init__(self, argv, status, out, err):
        self.argv, self.status, self.out, self.err = argv, status, out, err

    @property
    def json(self):
        try:
            return json.loads(self.out)
        except ValueError:
            raise Unexpected("{} printed no JSON: {}".format(self, self.out[:300])) from None

    def exits(self, status):
        if self.status != status:
            raise Unexpected("{}: exit status {}, not {}\n{}{}".format(self, self.status, status, self.out, self.err))
        return self

    def __str__(self):
        return " ".join(self.argv)


class Running:
    """A command under way."""

    def __init__(self, argv):
        self.argv = argv
        self.process = subprocess.Popen(argv, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def answer(self, seconds=60):
        try:
            out, err = self.process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            self.process.kill()
            out, err = self.process.communicate()
            raise Unexpected("{} did not end within {} s\n{}{}".format(" ".join(self.argv), seconds, out, err)) from None
        return Answer(self.argv, self.process.returncode, out, err)


def start(*arguments, user=None):
    argv = ["hotseat"] + list(arguments)
    return Running(["runuser", "-u", user, "--"] + argv if user else argv)


def hotseat(*arguments, user=None):
    return start(*arguments, user=user).answer()


def status():
    return hotseat("status", "--json").exits(0).json


def start_switch(target):
    return start("switch", target, "--json")


def switch(target, outcome="done"):
    """The report; fails unless the switch ends this way."""
    report = hotseat("switch", target, "--json").json
    expect_outcome(report, outcome)
    return report


def release(outcome="done"):
    report = hotseat("release", "--json").json
    expect_outcome(report, outcome)
    return report


def expect_outcome(report, outcome):
    if report["outcome"] != outcome:
        raise Unexpected("the outcome is {}, not {}:\n{}".format(report["outcome"], outcome, outline(report)))


def steps_of(report, kind):
    return [step for step in report["steps"] if step["kind"] == kind]


class Unit:
    """hotseatd as systemd runs it."""

    @property
    def pid(self):
        return int(run("systemctl", "show", "-p", "MainPID", "--value", UNIT))

    @property
    def state(self):
        return run("systemctl", "is-active", UNIT, check=False).strip()

    def start(self):
        run("systemctl", "reset-failed", UNIT, check=False)  # tests kill it more often than systemd likes
        run("systemctl", "start", UNIT)

    def stop(self):
        run("systemctl", "stop", UNIT)

    def kill(self):
        """Returns when systemd has noticed."""
        pid = self.pid
        os.kill(pid, signal.SIGKILL)
        self.wait_gone(pid)

    def wait_gone(self, pid):
        def check():
            expect(self.pid != pid, "systemd has not noticed that hotseatd was killed")

        eventually(check)

    def hang_up(self):
        os.kill(self.pid, signal.SIGHUP)

    def configure(self, text):
        os.makedirs(os.path.dirname(CONFIG), exist_ok=True)
        with open(CONFIG, "w", encoding="utf-8") as file:
            file.write(text)
        os.chmod(CONFIG, 0o644)


def bus_property(name):
    """One property as hotseatd tells it on the bus, read without our own client."""
    return json.loads(run("busctl", "--json=short", "get-property", NAME, OBJECT, NAME, name))["data"]


class Journal:
    """What hotseatd has logged since this was made."""

    def __init__(self):
        self.cursor = run("journalctl", "-q", "-n", "0", "--show-cursor").partition("cursor: ")[2].strip()

    def text(self):
        run("journalctl", "--sync", check=False)
        return run("journalctl", "-q", "--no-pager", "-o", "cat", "-u", UNIT, "--after-cursor", self.cursor)

    def expect(self, words):
        text = self.text()
        expect(words in text, "the journal does not say {!r}:\n{}".format(words, text))


class Watch:
    """`hotseat watch --json`, read as it comes. Use it as a context."""

    def __init__(self):
        self.events = []
        self.changed = threading.Condition()
        self.hook = None  # (matches, action), once
        self.hooked = threading.Event()

    def __enter__(self):
        self.process = subprocess.Popen(["hotseat", "watch", "--json"], stdout=subprocess.PIPE, text=True)
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()
        self.wait(lambda event: event["event"] == "status")
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()
        self.reader.join()

    def _read(self):
        for line in self.process.stdout:
            event = json.loads(line)
            hook = self.hook
            if hook and hook[0](event):
                self.hook = None
                hook[1]()
                self.hooked.set()
            with self.changed:
                self.events.append(event)
                self.changed.notify_all()

    def when(self, matches, action):
        """Does `action` once, the moment such an event is read."""
        self.hooked.clear()
        self.hook = (matches, action)

    def wait_hooked(self, seconds=60):
        expect(self.hooked.wait(seconds), "the event that was waited for never came:\n" + self.text())

    def wait(self, matches, seconds=60):
        """The first such event, whether it has come already or not."""
        deadline = time.monotonic() + seconds
        with self.changed:
            while True:
                for event in self.events:
                    if matches(event):
                        return event
                left = deadline - time.monotonic()
                expect(left > 0, "the event that was waited for never came:\n" + self.text())
                self.changed.wait(left)

    def text(self):
        return "\n".join(json.dumps(event)[:300] for event in self.events[-20:])


def step_event(state, text=None, kind=None, index=None):
    """Matches the event of a step in this state."""

    def matches(event):
        return (
            event["event"] == "step"
            and event["state"] == state
            and (text is None or text in event["text"])
            and (kind is None or event["kind"] == kind)
            and (index is None or event["index"] == index)
        )

    return matches


def expect_refused(answer, rule):
    answer.exits(4)
    report = answer.json
    expect_equal(report["outcome"], "refused", "outcome")
    expect_equal(report["refusal"]["rule"], rule, "the rule it is refused by")
    return report
