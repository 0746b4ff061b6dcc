"""The lab seen from outside of hotseat: what the kernel, libvirt and the monitors themselves say."""

import contextlib
import os
import re
import signal
import subprocess
import sys
import xml.etree.ElementTree

import libvirt

sys.path.insert(0, os.path.join(os.environ["LAB_TREE"], "lab/workstation"))
from gadgets import Gadget, write  # noqa: E402
from monitors import Monitor  # noqa: E402

from harness import eventually, expect  # noqa: E402

LIBVIRT_UNITS = ("libvirtd.service", "libvirtd.socket", "libvirtd-ro.socket", "libvirtd-admin.socket")


def run(*argv, check=True, stdin=None):
    done = subprocess.run(argv, input=stdin, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=90)
    if check and done.returncode != 0:
        raise RuntimeError("{} ended with {}: {}".format(" ".join(argv), done.returncode, done.stdout.strip()))
    return done.stdout


def read(path):
    with open(path, encoding="utf-8", errors="replace") as file:
        return file.read().strip()


def sleep_and_wake():
    """Suspends all processes and devices, and resumes them after a second, as Documentation/power/basic-pm-debugging.rst has it."""
    write("/sys/module/suspend/parameters/pm_test_delay", "1")
    write("/sys/power/pm_test", "devices")
    try:
        write("/sys/power/state", "freeze")
    finally:
        write("/sys/power/pm_test", "none")


libvirt.registerErrorHandler(lambda *_: None, None)  # it would print what is raised anyway


@contextlib.contextmanager
def hypervisor():
    """A connection for one look. Starting virsh takes ten times as long under emulation; one that is kept ends with its libvirtd."""
    try:
        connection = libvirt.open("qemu:///system")
        try:
            yield connection
        finally:
            connection.close()
    except libvirt.libvirtError as error:
        raise RuntimeError("libvirt: {}".format(error)) from None


# As virsh says it.
STATES = {
    libvirt.VIR_DOMAIN_RUNNING: "running",
    libvirt.VIR_DOMAIN_PAUSED: "paused",
    libvirt.VIR_DOMAIN_SHUTDOWN: "in shutdown",
    libvirt.VIR_DOMAIN_SHUTOFF: "shut off",
    libvirt.VIR_DOMAIN_CRASHED: "crashed",
}


def state_of(domain):
    state = domain.state()[0]
    return STATES.get(state, "in state {}".format(state))


def hostdevs_of(guests):
    """Those of several guests, by name."""
    with hypervisor() as connection:
        texts = {guest.name: connection.lookupByName(guest.name).XMLDesc() for guest in guests}
    found = {}
    for name, text in texts.items():
        found[name] = []
        for device in xml.etree.ElementTree.fromstring(text).findall("./devices/hostdev[@type='usb']"):
            address, alias = device.find("source/address"), device.find("alias")
            place = "" if address is None else "{}:{}".format(address.get("bus"), address.get("device"))
            found[name].append(("" if alias is None else alias.get("name"), place))
        found[name].sort()
    return found


class Guest:
    def __init__(self, name):
        self.name = name

    @property
    def state(self):
        with hypervisor() as connection:
            return state_of(connection.lookupByName(self.name))

    @property
    def pid(self):
        """Of its QEMU; None when it does not run."""
        try:
            pid = int(read("/run/libvirt/qemu/{}.pid".format(self.name)))
        except (OSError, ValueError):
            return None
        return pid if os.path.exists("/proc/{}".format(pid)) else None

    def start(self):
        run("virsh", "-q", "start", self.name)

    def destroy(self):
        run("virsh", "-q", "destroy", self.name)

    def shut_down(self):
        """Ends by itself, as after a shutdown from inside: libvirt hears of it from QEMU."""
        run("virsh", "-q", "qemu-monitor-command", self.name, "--hmp", "quit", check=False)

    def kill(self):
        os.kill(self.pid, signal.SIGKILL)

    def suspend(self):
        run("virsh", "-q", "suspend", self.name)

    def hostdevs(self):
        """[(alias, "bus:device")] of the USB host devices in its live XML."""
        return hostdevs_of([self])[self.name]

    def attach_by_hand(self, gadget):
        """As the manuals tell people to: by vendor and product, with no alias."""
        vendor, product = gadget.id.split(":")
        text = (
            "<hostdev mode='subsystem' type='usb' managed='yes'><source>"
            "<vendor id='0x{}'/><product id='0x{}'/></source></hostdev>".format(vendor, product)
        )
        run("virsh", "-q", "attach-device", self.name, "/dev/stdin", "--live", stdin=text)


class Libvirtd:
    @property
    def pid(self):
        return int(run("systemctl", "show", "-p", "MainPID", "--value", "libvirtd.service"))

    def restart(self):
        run("systemctl", "reset-failed", "libvirtd.service")
        run("systemctl", "restart", "libvirtd.service")

    def stop(self):
        """And nobody's connecting starts it again."""
        run("systemctl", "mask", "--runtime", *LIBVIRT_UNITS)
        run("systemctl", "stop", *LIBVIRT_UNITS)

    def start(self):
        run("systemctl", "unmask", "--runtime", *LIBVIRT_UNITS)
        run("systemctl", "reset-failed", *LIBVIRT_UNITS)
        run("systemctl", "start", "libvirtd.service")

    @property
    def there(self):
        return run("systemctl", "is-active", "libvirtd.service", check=False).strip() == "active"

    def freeze(self):
        os.kill(self.pid, signal.SIGSTOP)

    def thaw(self):
        os.kill(self.pid, signal.SIGCONT)

    @property
    def frozen(self):
        return re.search(r"^State:\s+T", read("/proc/{}/status".format(self.pid)), re.M) is not None


class Workstation:
    """Everything that is there; names are those of the gadgets and domains."""

    def __init__(self):
        self.gadgets = {name: Gadget(name) for name in ("keyboard", "mouse", "twin1", "twin2", "gamepad")}
        self.monitors = [Monitor(0), Monitor(1)]
        self.guests = {name: Guest(name) for name in ("win11", "zorg", "debby")}
        self.libvirtd = Libvirtd()

    def place_of(self, name):
        """Where a gadget is by its driver and by who has its node open: "host", a guest, "nobody" or "unplugged"."""
        gadget = self.gadgets[name]
        if not gadget.devnum:
            return "unplugged"
        driver, owner = gadget.driver, gadget.owner
        if owner != "host" and driver in ("usbhid", "xpad"):
            return "both host and " + owner
        return owner or "nobody"

    def settle_guests(self, running=("win11", "zorg")):
        """Those that should run do, unpaused, the others are off."""

        def check():
            with hypervisor() as connection:
                states = {domain.name(): state_of(domain) for domain in connection.listAllDomains()}
            wanted = {name: "running" if name in running else "shut off" for name in self.guests}
            wrong = {name: states.get(name) for name in wanted if states.get(name) != wanted[name]}
            for name, state in wrong.items():
                remedy = {"shut off": "start", "paused": "resume"}.get(state) if name in running else "destroy"
                if remedy:  # may fail: a guest that is just starting counts as paused for a moment
                    run("virsh", "-q", remedy, name, check=False)
            expect(not wrong, "guests are " + str(wrong))

        eventually(check)

    def picture(self):
        lines = [run("virsh", "list", "--all", check=False).rstrip() if not self.libvirtd.frozen else "libvirtd is stopped"]
        for name, gadget in self.gadgets.items():
            facts = " ".join("{}={}".format(fact, getattr(gadget, fact)) for fact in ("port", "busnum", "devnum", "driver"))
            lines.append("{}: {} at {}".format(name, facts, self.place_of(name)))
        for name, monitor in enumerate(self.monitors):
            facts = "bus={} input=0x{:02x} faults={} count={}".format(monitor.bus, monitor.input, monitor.faults, monitor.count)
            lines.append("mon{}: {}".format(name, facts))
        return "\n".join(lines)
