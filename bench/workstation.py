"""What is switched, and where it is: two USB devices and two monitors between the host and the guest win11."""

import os
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.environ["LAB_TREE"], "lab/workstation"))
from gadgets import Gadget, names  # noqa: E402
from monitors import Monitor  # noqa: E402

GUEST = "win11"
DEVICES = [Gadget("keyboard"), Gadget("mouse")]
MONITORS = [Monitor(0), Monitor(1)]
INPUTS = [{"host": 0x0F, GUEST: 0x11}, {"host": 0x0F, GUEST: 0x12}]

CONFIG = """
[[device]]
name = "keyboard"
match = { usb = "046d:c31c", serial = "A1" }
transport = "usb"
[[device]]
name = "mouse"
match = { usb = "046d:c08d", serial = "M1" }
transport = "usb"
[[monitor]]
name = "left"
match = { serial = "HOT24-A0001" }
inputs = { host = 0x0f, win11 = 0x11 }
[[monitor]]
name = "right"
match = { serial = "HOT27-B0002" }
inputs = { host = 0x0f, win11 = 0x12 }
[guest.win11]
start = "never"
[timeouts]
usb = "40s"
"""

SET_INPUT = bytes([0x51, 0x84, 0x03, 0x60])  # how a Set VCP of feature 0x60 begins


class WrongResult(Exception):
    pass


def run(*argv):
    done = subprocess.run(argv, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode != 0:
        raise RuntimeError("{} ended with {}: {}".format(" ".join(argv), done.returncode, done.stdout.strip()))
    return done.stdout


def unplug_everything():
    """A USB controller asks its devices a thousand times a second. Here the CPU plays the controllers, which costs whoever is measured."""
    for name in names():
        Gadget(name).unplug()


def addresses():
    return ["{}:{}".format(device.busnum, device.devnum) for device in DEVICES]


def clear_logs():
    for monitor in MONITORS:
        monitor.clear()


def last_on_wire():
    """When the later of the two monitors had its first Set VCP since clear_logs(), in ns of CLOCK_MONOTONIC."""
    firsts = []
    for monitor in MONITORS:
        sets = [when for when, content, verdict in monitor.log if content.startswith(SET_INPUT) and verdict == "ok"]
        if not sets:
            raise WrongResult("a monitor was sent no Set VCP")
        firsts.append(sets[0])
    return max(firsts)


def expect_at(target, way):
    """Asks QEMU's open files, the host's drivers and the monitors. udev may still be busy with a device that came back."""
    run("udevadm", "settle")
    deadline = time.monotonic() + 5
    while True:
        owners = [device.owner for device in DEVICES]
        shown = [monitor.input for monitor in MONITORS]
        if owners == [target] * len(DEVICES) and shown == [inputs[target] for inputs in INPUTS]:
            return
        if time.monotonic() > deadline:
            raise WrongResult("{} to {}: devices at {}, monitors show {}".format(way, target, owners, list(map(hex, shown))))
        time.sleep(0.02)
