"""What targets see of the devices that are forwarded: the clones' nodes, as any program reads them."""

import os
import select
import time

import evdev
import hotseat
from evdev import ecodes
from harness import Unexpected, eventually, expect_equal
from workstation import run

BY_ID = "/dev/input/by-id/"


def path(name):
    return os.path.join(BY_ID, name)


def held(name):
    """Names of the keys that the kernel has as down on this clone; also when a QEMU has grabbed it."""
    device = evdev.InputDevice(path(name))
    try:
        return sorted(ecodes.KEY.get(code, ecodes.BTN.get(code, code)) for code in device.active_keys())
    finally:
        device.close()


def lit(node):
    device = evdev.InputDevice(node)
    try:
        return sorted(device.leds())
    finally:
        device.close()


VIRTIO = "<input type='passthrough' bus='virtio'><source evdev='{}'/></input>"
INPUT_LINUX = "<input type='evdev'><source dev='{}' grab='all' grabToggle='scrolllock' repeat='on'/></input>"


def is_grabbed(name):
    """By any program; hotseatd does not grab clones."""
    device = evdev.InputDevice(path(name))
    try:
        device.grab()
        device.ungrab()
        return False
    except OSError:
        return True
    finally:
        device.close()


class GuestInputs:
    """While it is the context, the domain, which is shut off and on for it, reads these clones. For a seat that needs them."""

    def __init__(self, domain, clones, way=VIRTIO):
        self.domain = domain
        inputs = "".join(way.format(path(name)) for name in clones)
        self.before = run("virsh", "dumpxml", "--inactive", domain)
        self.text = self.before.replace("</devices>", inputs + "</devices>")

    def define(self, text):
        run("virsh", "-q", "destroy", self.domain, check=False)
        run("virsh", "-q", "define", "/dev/stdin", stdin=text)

    def __enter__(self):
        self.define(self.text)
        eventually(self.is_known)

    def is_known(self):
        """hotseatd has read the definition: before that it misses the inputs."""
        expect_equal(hotseat.hotseat("switch", self.domain, "--dry-run").status, 0, "exit status of a dry run")

    def __exit__(self, *_):
        self.define(self.before)


class Reader:
    """Collects what comes from a clone from now on."""

    def __init__(self, name=None, node=None):
        self.name = name or node
        self.device = evdev.InputDevice(node or path(name))
        self.events = []

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.device.close()

    def poll(self, seconds=0.0):
        deadline = time.monotonic() + seconds
        while select.select([self.device.fd], [], [], max(0.0, deadline - time.monotonic()))[0]:
            self.events += [event for event in self.device.read()]
        return self.events

    def forget(self):
        """What has come so far."""
        self.poll(0.2)
        self.events.clear()

    def keys(self):
        """["KEY_A down", "KEY_A up"]"""
        words = {0: "up", 1: "down"}
        return [
            "{} {}".format(ecodes.bytype[ecodes.EV_KEY][event.code], words[event.value])
            for event in self.poll()
            if event.type == ecodes.EV_KEY and event.value != 2
        ]

    def wait_for_keys(self, wanted, seconds=10):
        deadline = time.monotonic() + seconds
        while self.keys() != wanted and time.monotonic() < deadline:
            self.poll(0.05)
        expect_equal(self.keys(), wanted, "keys on " + self.name)
        self.events.clear()

    def expect_silence(self, seconds=0.3):
        self.poll(seconds)
        said = [event for event in self.events if event.type != ecodes.EV_SYN]
        if said:
            raise Unexpected("{} said {}".format(self.name, [str(event) for event in said]))

    def motion(self):
        return sum(event.value for event in self.poll() if event.type == ecodes.EV_REL and event.code == ecodes.REL_X)
