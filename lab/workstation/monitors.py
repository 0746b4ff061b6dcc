"""The simulated monitors, from both ends: what the lab knows of them (sysfs) and what a host can do to them (DDC/CI on I2C).

    from monitors import Monitor
    left = Monitor(0)
    left.fault("late=200", "ignore")
    left.host().get(0x60)
"""

import fcntl
import glob
import os
import time

I2C_SLAVE = 0x0703  # <linux/i2c-dev.h>
DDC_ADDRESS, EDID_ADDRESS = 0x37, 0x50


class Monitor:
    def __init__(self, index):
        self.path = "/sys/class/ddcmon/mon{}/".format(index)

    def _read(self, name):
        with open(self.path + name, encoding="ascii") as file:
            return file.read().strip()

    def _write(self, name, value):
        with open(self.path + name, "w", encoding="ascii") as file:
            file.write(str(value))

    @property
    def bus(self):
        """-1 while unplugged."""
        return int(self._read("bus"))

    @property
    def input(self):
        return int(self._read("input"), 16)

    @input.setter
    def input(self, value):
        """As the monitor's own button does it: no message, no event."""
        self._write("input", "0x{:02x}".format(value))

    def fault(self, *faults):
        """All faults from now on; none when none is named."""
        self._write("fault", " ".join(faults) or "none")

    @property
    def faults(self):
        return self._read("fault")

    def plug(self):
        self._write("plugged", 1)
        node = "/dev/i2c-{}".format(self.bus)
        deadline = time.monotonic() + 20
        while not os.path.exists(node):
            if time.monotonic() > deadline:
                raise TimeoutError(node + " does not appear")
            time.sleep(0.01)

    def unplug(self):
        self._write("plugged", 0)

    def clear(self):
        self._write("clear", 1)

    @property
    def log(self):
        """Every write that came in: (CLOCK_MONOTONIC nanoseconds, bytes, verdict)."""
        entries = []
        for line in self._read("log").splitlines():
            when, *content, verdict = line.split()
            entries.append((int(when), bytes.fromhex("".join(content)), verdict))
        return entries

    @property
    def count(self):
        return {name: int(number) for name, number in (line.split() for line in self._read("count").splitlines())}

    def host(self, **options):
        return Host(self.bus, **options)


def checksum(seed, message):
    for byte in message:
        seed ^= byte
    return seed


class Host:
    """DDC/CI 1.1 from the host's side, with nothing hidden: no retries, no patience beyond `delay` seconds before a reply."""

    def __init__(self, bus, delay=0.04):
        self.fd = os.open("/dev/i2c-{}".format(bus), os.O_RDWR)
        self.delay = delay

    def close(self):
        os.close(self.fd)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def raw_write(self, content, address=DDC_ADDRESS):
        fcntl.ioctl(self.fd, I2C_SLAVE, address)
        os.write(self.fd, content)

    def raw_read(self, length, address=DDC_ADDRESS):
        fcntl.ioctl(self.fd, I2C_SLAVE, address)
        return os.read(self.fd, length)

    def send(self, *data, source=0x51):
        message = bytes([source, 0x80 | len(data), *data])
        self.raw_write(message + bytes([checksum(DDC_ADDRESS << 1, message)]))

    def reply(self, length):
        """The data of a reply; b"" for the null message; ValueError for anything that is no valid message."""
        time.sleep(self.delay)
        content = self.raw_read(length + 3)
        if content[0] != DDC_ADDRESS << 1 or not content[1] & 0x80:
            raise ValueError("not a DDC/CI message: " + content.hex())
        end = 2 + (content[1] & 0x7F)
        if end >= len(content) or checksum(0x50, content[:end]) != content[end]:
            raise ValueError("bad checksum: " + content.hex())
        return content[2:end]

    def get(self, feature):
        """The current value; None for a feature that the monitor does not have, b"" when it says nothing."""
        self.send(0x01, feature)
        data = self.reply(8)
        if not data:
            return data
        return None if data[1] else data[6] << 8 | data[7]

    def set(self, feature, value, source=0x51):
        self.send(0x03, feature, value >> 8, value & 0xFF, source=source)

    def capabilities(self):
        text = b""
        while True:
            self.send(0xF3, len(text) >> 8, len(text) & 0xFF)
            data = self.reply(35)
            if len(data) <= 3:
                return text.decode("ascii")
            text += data[3:]

    def edid(self):
        self.raw_write(b"\0", EDID_ADDRESS)
        return self.raw_read(128, EDID_ADDRESS)


def all_monitors():
    return [Monitor(index) for index in range(len(glob.glob("/sys/class/ddcmon/mon*")))]
