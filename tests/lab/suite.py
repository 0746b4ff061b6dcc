#!/usr/bin/python3
"""The end-to-end suite. Runs inside the virtual workstation; `tests/lab/run` starts it there.

usage: suite.py STAGE REPORT PATTERN [PROGRAM…]

STAGE is what `cmake --install` made, PATTERN a regular expression for the names of tests, and each PROGRAM a GoogleTest program
to run before hotseat is installed.
"""

import os
import re
import subprocess
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import harness  # noqa: E402
from desk import Desk  # noqa: E402
from seat import USUAL  # noqa: E402
from workstation import run  # noqa: E402

# In this order: each theme leans on what the ones before have shown to work.
THEMES = """
installed start moving plugging guests libvirtd requests commands configuration command_line monitors routing vfio_kvm preparing doors web killed
""".split()

TREE = os.environ["LAB_TREE"]


def install(stage):
    """As a package would: the files, then what its scripts do."""
    run("cp", "-a", "--no-preserve=ownership", stage + "/.", "/")
    run("ldconfig")
    run("systemd-sysusers")
    run("systemctl", "daemon-reload")
    run("systemctl", "reload", "dbus.service")
    run("udevadm", "control", "--reload")
    run("hotseatd", "--version")  # it starts at all: no library is missing


def run_programs(programs, report, pattern):
    """The test programs for the lab: adapters on real hardware. hotseatd must not be there: it would follow what they do."""
    for program in programs:
        command = [program] + (["--gtest_filter=*{}*".format(pattern)] if pattern else [])
        run_program(report, os.path.basename(program), command)


def run_program(report, name, command):
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    said, failed = [], False
    for line in process.stdout:
        result = re.match(r"\[ +(OK|FAILED|SKIPPED) +\] (\S+).*\((\d+) ms\)", line)
        if not result:
            said.append(line)
            continue
        failed = failed or result[1] != "OK"
        report.result("{}: {}".format(name, result[2].rstrip(",")), result[1] == "OK", int(result[3]) / 1000)
        if result[1] != "OK":
            report.detail("".join(said))
        said = []
    if process.wait() != 0 and not failed:
        report.result("{} ended with {}".format(name, process.returncode), False, 0)
        report.detail("".join(said[-40:]))


def main():
    stage, report_path, pattern, *programs = sys.argv[1:]
    started = time.monotonic()
    subprocess.run([TREE + "/lab/workstation/up"], check=True)
    report = harness.Report(report_path)
    print("the workstation is up after {:.0f} s".format(time.monotonic() - started), flush=True)
    run_programs(programs, report, pattern)
    install(stage)
    for theme in THEMES:
        __import__("cases." + theme)
    desk = Desk()
    desk.stage = stage
    desk.unit.configure(USUAL.text)
    harness.run(desk, report, pattern)
    print("it took {:.0f} s".format(time.monotonic() - started), flush=True)
    report.close()
    sys.exit(1 if report.failed or not report.passed else 0)


main()
