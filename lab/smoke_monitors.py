#!/usr/bin/python3
"""Checks that the simulated monitors behave, and misbehave, as lab/README.md says. Part of lab/smoke.sh."""

import errno
import os
import sys
import time
import traceback

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "workstation"))
from monitors import Monitor  # noqa: E402

INPUT = 0x60


def took(action):
    started = time.monotonic()
    action()
    return time.monotonic() - started


def fails_with(code, action):
    try:
        action()
    except OSError as error:
        return error.errno == code
    return False


def invalid(action):
    try:
        action()
    except ValueError:
        return True
    return False


def within(seconds, condition):
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def identity(mon, host):
    edid = host.edid()
    assert sum(edid) % 256 == 0 and edid[8:10] == b"\x21\xf4" and b"HOT24" in edid
    with Monitor(1).host() as other:
        assert b"HOT27" in other.edid() and other.edid()[12:16] != edid[12:16]


def obeys(mon, host):
    host.set(INPUT, 0x11)
    assert mon.input == 0x11 and host.get(INPUT) == 0x11
    assert "60(01 03 0F 11)" in host.capabilities()
    assert host.get(0xDF) == 0x0201 and host.get(0x99) is None
    host.set(INPUT, 0x44)
    assert mon.input == 0x11 and mon.log[-1][2] == "ignored", "an input it does not have"


def takes_the_time_of_its_bus(mon, host):
    best = min(took(lambda: host.set(INPUT, 0x0F)) for _ in range(10))
    assert 0.0007 < best < 0.02, best


def silent_when_nothing_was_asked(mon, host):
    host.set(INPUT, 0x11)
    assert host.reply(8) == b""


def log(mon, host):
    mon.clear()
    before = time.monotonic_ns()
    host.set(INPUT, 0x0F)
    ((when, content, verdict),) = mon.log
    assert before < when < time.monotonic_ns() and verdict == "ok"
    assert content == bytes.fromhex("5184036000 0f d7".replace(" ", ""))


def log_is_a_ring(mon, host):
    mon.clear()
    for _ in range(300):
        host.set(0x10, 7)
    assert len(mon.log) == 256 and mon.count["ok"] == 300


def counts_bad_checksums(mon, host):
    mon.clear()
    host.raw_write(bytes.fromhex("51840360001100"))
    assert mon.count["bad-checksum"] == 1 and mon.log[-1][2] == "bad-checksum" and mon.input == 0x0F


def insists_on_the_source_address(mon, host):
    host.set(INPUT, 0x11, source=0x53)
    assert mon.input == 0x0F and mon.log[-1][2] == "ignored"


def osd_button(mon, host):
    mon.clear()
    mon.input = 0x03
    assert host.get(INPUT) == 0x03 and len(mon.log) == 1


def nack(mon, host):
    mon.fault("nack")
    assert fails_with(errno.ENXIO, lambda: host.set(INPUT, 0x11)) and mon.log[-1][2] == "nacked"
    assert len(host.edid()) == 128


def gone(mon, host):
    mon.fault("gone")
    assert fails_with(errno.ENXIO, lambda: host.set(INPUT, 0x11)) and fails_with(errno.ENXIO, host.edid)


def late(mon, host):
    mon.fault("late=300")
    assert host.get(INPUT) == b""
    host.delay = 0.35
    assert host.get(INPUT) == 0x0F


def slow(mon, host):
    mon.fault("slow=200")
    assert 0.2 < took(lambda: host.set(INPUT, 0x11)) and mon.input == 0x11


def ignore(mon, host):
    mon.fault("ignore")
    host.set(INPUT, 0x11)
    assert host.get(INPUT) == 0x0F and mon.input == 0x0F


def wrong_readback(mon, host):
    mon.fault("wrong_readback")
    host.set(INPUT, 0x11)
    assert host.get(INPUT) == 0x0305 and mon.input == 0x11
    mon.fault("wrong_readback=0x12")
    assert host.get(INPUT) == 0x12


def bad_checksum(mon, host):
    mon.fault("bad_checksum")
    assert invalid(lambda: host.get(INPUT))


def get_before_set(mon, host):
    mon.fault("get_before_set")
    host.set(INPUT, 0x11)
    assert mon.input == 0x0F
    host.get(INPUT)
    host.set(INPUT, 0x11)
    assert mon.input == 0x11
    host.set(INPUT, 0x0F)
    assert mon.input == 0x11


def revert(mon, host):
    mon.fault("revert=400")
    host.set(INPUT, 0x11)
    assert mon.input == 0x11
    assert within(5, lambda: mon.input == 0x0F)


def lg(mon, host):
    mon.fault("lg")
    host.set(INPUT, 0x11)
    assert mon.input == 0x0F and mon.log[-1][2] == "ignored"
    host.set(0xF4, 0x90, source=0x50)
    assert mon.input == 0x90 and mon.log[-1][2] == "ok"


def mute(mon, host):
    mon.fault("mute")
    host.set(INPUT, 0x11)
    assert mon.input == 0x11
    host.send(0x01, INPUT)
    assert host.raw_read(11) == bytes(11)


def pace(mon, host):
    mon.fault("pace=100")
    time.sleep(0.15)
    host.set(INPUT, 0x11)
    host.set(INPUT, 0x03)
    assert mon.input == 0x11 and mon.log[-1][2] == "ignored"


def combined(mon, host):
    mon.fault("slow=50", "ignore")
    assert mon.faults == "slow=50 ignore"
    assert 0.05 < took(lambda: host.set(INPUT, 0x11)) and mon.input == 0x0F


def unknown_fault_is_refused(mon, host):
    assert fails_with(errno.EINVAL, lambda: mon.fault("tired"))


def unplugged_while_open(mon, host):
    """Two monitors unplugged and plugged in the other order have swapped, or new, bus numbers; the old handle is dead."""
    other, before = Monitor(1), mon.bus
    node = "/dev/i2c-{}".format(before)
    mon.unplug()
    assert within(10, lambda: not os.path.exists(node)) and mon.bus == -1
    assert fails_with(errno.ENODEV, lambda: host.set(INPUT, 0x11))
    mon.plug()
    assert mon.bus != before, "the old number is taken as long as somebody holds it open"
    host.close()
    other.unplug()
    mon.unplug()
    other.plug()
    mon.plug()
    with mon.host() as again:
        assert b"HOT24" in again.edid()
    host.fd = os.open("/dev/null", os.O_RDONLY)  # for the caller to close


CHECKS = [
    identity, obeys, takes_the_time_of_its_bus, silent_when_nothing_was_asked, log, log_is_a_ring, counts_bad_checksums,
    insists_on_the_source_address, osd_button, nack, gone, late, slow, ignore, wrong_readback, bad_checksum, get_before_set,
    revert, lg, mute, pace, combined, unknown_fault_is_refused, unplugged_while_open,
]  # fmt: skip


def main():
    for check in CHECKS:
        mon = Monitor(0)
        mon.fault()
        mon.input = 0x0F
        started = time.monotonic()
        with mon.host() as host:
            try:
                check(mon, host)
                outcome = "ok  "
            except Exception:  # a smoke test reports whatever it meets
                traceback.print_exc()
                outcome = "FAIL"
        print("{} {:6.2f} s  monitor: {}".format(outcome, time.monotonic() - started, check.__name__), flush=True)
    Monitor(0).fault()


main()
