"""Registers, runs and reports tests; waits for conditions within a bounded time."""

import json
import re
import sys
import time
import traceback

POLL = 0.03  # between two looks at a condition


class Unexpected(AssertionError):
    """What was found is not what the test expects."""


def expect(condition, what):
    if not condition:
        raise Unexpected(what)


def expect_equal(found, wanted, what):
    if found != wanted:
        raise Unexpected("{}: expected {!r}, found {!r}".format(what, wanted, found))


# What a look may come upon while things change: a node that is being made anew, a virsh without its libvirtd.
NOT_YET = (Unexpected, OSError, LookupError, RuntimeError)


def eventually(check, seconds=60):
    """Calls `check` until it raises no more, and returns what it returns."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            return check()
        except NOT_YET as unexpected:
            if time.monotonic() > deadline:
                raise Unexpected("still after {} s: {}".format(seconds, unexpected)) from None
        time.sleep(POLL)


def outline(document):
    """JSON with a line for each key of the document and each element of its lists."""
    lines = []
    for key, value in document.items():
        if isinstance(value, list) and value:
            lines += [key + ":"] + ["  " + json.dumps(element) for element in value]
        elif isinstance(value, dict) and isinstance(value.get("steps"), list):
            lines += [key + ":"] + ["  " + line for line in outline(value).splitlines()]
        else:
            lines.append("{}: {}".format(key, json.dumps(value)))
    return "\n".join(lines)


class Case:
    def __init__(self, function, config):
        self.name = function.__name__
        self.function = function
        self.config = config


CASES = []


def test(config=None):
    """Registers a test. `config` is the seat it wants to find configured, the usual one when it is None."""

    def register(function):
        expect(all(case.name != function.__name__ for case in CASES), "two tests named " + function.__name__)
        CASES.append(Case(function, config))
        return function

    return register


class Report:
    """Tells each result as it comes, on the output and in a file."""

    def __init__(self, path):
        self.file = open(path, "w", encoding="utf-8")
        self.passed = self.failed = 0

    def say(self, text):
        print(text, flush=True)
        self.file.write(text + "\n")
        self.file.flush()

    def result(self, name, passed, seconds):
        self.passed += passed
        self.failed += not passed
        self.say("{} {:6.1f} s  {}".format("ok    " if passed else "FAILED", seconds, name))

    def detail(self, text):
        self.say("".join("    | {}\n".format(line) for line in text.rstrip().splitlines()).rstrip())

    def close(self):
        self.say("{} passed, {} failed".format(self.passed, self.failed))
        self.file.close()


def own_frames(error):
    """The traceback without the harness: where in the test, and the expectation."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if not frame.filename.endswith("harness.py")]
    return "".join(traceback.format_list(frames)) + "".join(traceback.format_exception_only(type(error), error))


def run(desk, report, pattern):
    """Runs the tests whose name matches; every one finds the desk as it should be at its start."""
    for case in CASES:
        if not re.search(pattern, case.name):
            continue
        started = time.monotonic()
        error = None
        try:
            desk.reset(case.config)
            case.function(desk)
        except Exception as caught:  # whatever it is, the next test is to run
            error = caught
        report.result(case.name, error is None, time.monotonic() - started)
        if error is not None:
            report.detail(own_frames(error))
            report.detail(desk.picture())
            desk.let_go_of_keys()
    sys.stdout.flush()
