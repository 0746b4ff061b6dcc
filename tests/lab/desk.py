"""The workstation with hotseat on it, and the question every test ends with: is everything where it belongs?"""

import contextlib
import json

import hotseat
from harness import Unexpected, eventually, expect, expect_equal, outline
from seat import MONITORS, USUAL
from workstation import Workstation, hostdevs_of, run


class Desk:
    def __init__(self):
        self.station = Workstation()
        self.unit = hotseat.Unit()
        self.seat = None  # what is configured

    def monitor(self, name):
        return self.station.monitors[MONITORS[name][0]]

    def gadget(self, device):
        return self.station.gadgets[self.seat.devices[device]]

    def guest(self, name):
        return self.station.guests[name]

    # ---- where everything is ----

    def expect_devices_at(self, target):
        """By the kernel and by QEMU's open files; devices that are optional may be unplugged."""
        for name, gadget in self.seat.devices.items():
            place = self.station.place_of(gadget)
            if name in self.seat.routed:
                expect(place == "host", "{}, which is forwarded, is at {}".format(name, place))
                continue
            if place == "unplugged" and name in self.seat.optional:
                continue
            expect(place == target, "{} is at {}, not {}".format(name, place, target))

    def expect_hostdevs_at(self, target):
        """By libvirt's live XML: each device once, under its own name, at the right guest; nothing anywhere else."""
        running = [guest for guest in self.station.guests.values() if guest.pid]
        wanted = {guest.name: [] for guest in running}
        for name, gadget_name in self.seat.devices.items():
            gadget = self.station.gadgets[gadget_name]
            if target in wanted and gadget.plugged and name not in self.seat.routed:
                wanted[target].append(("ua-hotseat-" + name, "{}:{}".format(gadget.busnum, gadget.devnum)))
        wanted = {name: sorted(devices) for name, devices in wanted.items()}
        expect_equal(hostdevs_of(running), wanted, "hostdevs in the live XML")

    def expect_picture_of(self, target):
        for name in MONITORS:
            wanted, shown = self.seat.inputs[name][target], self.monitor(name).input
            expect(shown == wanted, "monitor {} shows 0x{:02x}, not 0x{:02x} ({})".format(name, shown, wanted, target))

    def expect_told(self, target, problems=False):
        """By hotseat itself."""
        status = hotseat.status()
        expect_equal(status["target"], target, "target in the status")
        if not problems:
            expect_equal(status["problems"], [], "problems in the status")
            expect_equal(status["state"], "idle", "state in the status")
        active = [entry["name"] for entry in status["targets"] if entry["active"]]
        expect_equal(active, [target], "active targets in the status")
        for device in status["devices"]:
            if device["present"]:
                expect_equal(device["owner"], target, "owner of {} in the status".format(device["name"]))
        return status

    def expect_at(self, target):
        """Everything is at this target, whoever is asked."""
        self.expect_devices_at(target)
        self.expect_hostdevs_at(target)
        self.expect_picture_of(target)
        return self.expect_told(target)

    def settles_at(self, target, seconds=60):
        return eventually(lambda: self.expect_at(target), seconds)

    def expect_guest_told(self, status, guest, state):
        """Not every seat has every guest."""
        told = {target["name"]: target["state"] for target in status["targets"]}
        expect_equal(told.get(guest, state), state, "state of {} in the status".format(guest))

    def hears(self, guest, state):
        """hotseatd knows it too, once libvirt's event has come."""
        eventually(lambda: self.expect_guest_told(hotseat.status(), guest, state))

    def settles_where_it_says(self, seconds=60):
        """Wherever the seat is now, all of it is there."""

        def check():
            self.expect_at(hotseat.status()["target"])

        eventually(check, seconds)

    # ---- between tests ----

    def configure(self, seat):
        self.seat = seat
        self.unit.configure(seat.text)
        if self.unit.state == "active":
            hotseat.hotseat("reload").exits(0)
        else:
            self.unit.start()

    def reset(self, seat=None):
        """As every test finds it: the host has the seat, all that should run runs, nothing is wrong."""
        seat = seat or USUAL
        station = self.station
        if station.libvirtd.there and station.libvirtd.frozen:
            station.libvirtd.thaw()
        if not station.libvirtd.there:
            station.libvirtd.start()
        for name, gadget in station.gadgets.items():
            if gadget.plugged != (name != "gamepad"):
                gadget.unplug() if gadget.plugged else gadget.plug()
        for name, (number, _, _) in MONITORS.items():
            monitor = station.monitors[number]
            monitor.fault(seat.nature[name])
            if monitor.bus < 0:
                monitor.plug()
        station.settle_guests()
        if self.seat is not seat or self.unit.state != "active":
            hotseat.hotseat("release")  # while the monitors are known: the next seat may have none
            self.configure(seat)
        eventually(self.is_as_at_the_start)

    def let_go_of_keys(self):
        """Which a test that failed may have left down. A guest might never ask for it."""
        if self.station.place_of("keyboard") == "host":
            with contextlib.suppress(OSError):
                self.station.gadgets["keyboard"].release()

    def is_as_at_the_start(self):
        status = self.bring_home()
        for name, guest in self.station.guests.items():
            self.expect_guest_told(status, name, "running" if guest.pid else "shutoff")

    def bring_home(self):
        try:
            return self.expect_at("host")
        except Unexpected:
            hotseat.release()
            return self.expect_at("host")

    def picture(self):
        """What somebody needs who has to understand a failure from the log alone."""
        status = hotseat.hotseat("status", "--json")
        try:
            told = outline(json.loads(status.out))
        except ValueError:
            told = status.out + status.err
        journal = run("journalctl", "-q", "--no-pager", "-o", "short-monotonic", "-u", hotseat.UNIT, "-n", "60", check=False)
        parts = [("hotseat status --json", told), ("hotseatd's journal", journal), ("the workstation", self.station.picture())]
        return "\n".join("---- {}\n{}".format(title, text) for title, text in parts)
