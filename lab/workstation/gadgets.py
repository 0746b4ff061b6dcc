"""USB devices made of configfs and dummy_hcd: real to the kernel, to libvirt and to every program.

The command line is `gadget`, beside this file; a test in Python may as well import it:

    sys.path.insert(0, os.environ["LAB_TREE"] + "/lab/workstation")
    from gadgets import Gadget
    keyboard = Gadget("keyboard")
    keyboard.type("leftctrl+rightctrl")
    keyboard.unplug()
"""

import glob
import os
import struct
import subprocess
import time

CONFIGFS = "/sys/kernel/config/usb_gadget"
STATE = "/run/lab/gadgets"  # one file a gadget: the UDC it is wired to, plugged in or not

FIELDS = ("name", "id", "serial", "udc", "port", "plugged", "busnum", "devnum", "driver", "owner", "hidg", "events")

# HID report descriptors (HID 1.11, appendices B and E). A keyboard as the boot protocol has it, with all of its 255 usages;
# a mouse with five buttons, 16-bit motion, wheel and tilt.
DESCRIPTORS = {
    "keyboard": "05010906a101 050719e029e7150025017501950881 02 95017508 8101 05081901290595057501 9102 95017503 9101"
    " 05071900 2aff00 150026ff00 95067508 8100 c0",
    "mouse": "05010902a101 0901a100 050919012905 15002501 95057501 8102 95017503 8101"
    " 050109300931 160180 26ff7f 75109502 8106 0938 1581 257f 75089501 8106 050c 0a3802 9501 8106 c0c0",
}
REPORT_LENGTH = {"keyboard": 8, "mouse": 7}
BOOT_PROTOCOL = {"keyboard": 1, "mouse": 2}

# Key names are those of the kernel's KEY_*, in small letters and without the prefix; values are HID usages (page 7).
MODIFIERS = {
    name: 1 << bit
    for bit, name in enumerate(
        "leftctrl leftshift leftalt leftmeta rightctrl rightshift rightalt rightmeta".split()
    )
}
USAGES = {
    name: first + n
    for first, names in (
        (0x04, "a b c d e f g h i j k l m n o p q r s t u v w x y z 1 2 3 4 5 6 7 8 9 0"),
        (0x28, "enter esc backspace tab space minus equal leftbrace rightbrace backslash"),
        (0x33, "semicolon apostrophe grave comma dot slash capslock f1 f2 f3 f4 f5 f6 f7 f8 f9 f10 f11 f12"),
        (0x46, "sysrq scrolllock pause insert home pageup delete end pagedown right left down up numlock"),
        (0x54, "kpslash kpasterisk kpminus kpplus kpenter kp1 kp2 kp3 kp4 kp5 kp6 kp7 kp8 kp9 kp0 kpdot 102nd compose"),
    )
    for n, name in enumerate(names.split())
}


class GadgetError(Exception):
    pass


def read(path, otherwise=None):
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            return file.read().strip("\0\n ")
    except OSError:
        if otherwise is None:
            raise
        return otherwise


def write(path, content):
    """One write(2), whatever is in it: configfs takes each as the whole value."""
    fd = os.open(path, os.O_WRONLY)
    try:
        os.write(fd, content if isinstance(content, bytes) else content.encode())
    finally:
        os.close(fd)


def wait_until(condition, what, seconds=30):
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise GadgetError("gave up after {} s waiting for {}".format(seconds, what))
        time.sleep(0.01)


def chord_report(chord):
    """The eight bytes of a boot keyboard on which the keys of "leftctrl+a" are down; of "", with none."""
    modifiers, keys = 0, []
    for key in filter(None, chord.split("+")):
        if key in MODIFIERS:
            modifiers |= MODIFIERS[key]
        elif key in USAGES:
            keys.append(USAGES[key])
        else:
            raise GadgetError("no such key: " + key)
    if len(keys) > 6:
        raise GadgetError("a boot keyboard reports six keys at most: " + chord)
    return bytes([modifiers, 0] + keys).ljust(8, b"\0")


def mouse_report(buttons=0, dx=0, dy=0, wheel=0, tilt=0):
    return struct.pack("<Bhhbb", buttons, dx, dy, wheel, tilt)


def pad_report(buttons, x, y):
    """An Xbox 360 pad's: type, length, buttons (A is 0x1000), triggers, left stick."""
    return struct.pack("<BBHBBhh", 0, 20, buttons, 0, 0, x, y).ljust(20, b"\0")


class Gadget:
    def __init__(self, name):
        self.name = name
        self.path = os.path.join(CONFIGFS, name)
        self.fifo = "/run/lab/{}.reports".format(name)
        self.function_fs = "/run/lab/functionfs/" + name

    # ---- what it is and where ----

    @property
    def udc(self):
        try:
            return read(os.path.join(STATE, self.name))
        except OSError:
            raise GadgetError("no gadget named {} (there are: {})".format(self.name, " ".join(names()))) from None

    @property
    def port(self):
        hub = glob.glob("/sys/devices/platform/dummy_hcd.{}/usb*".format(self.udc.rpartition(".")[2]))
        return os.path.basename(hub[0])[3:] + "-1"

    @property
    def device(self):
        return "/sys/bus/usb/devices/" + self.port

    @property
    def id(self):
        return ":".join(read(os.path.join(self.path, part))[2:] for part in ("idVendor", "idProduct"))

    @property
    def serial(self):
        return read(self.path + "/strings/0x409/serialnumber")

    @property
    def plugged(self):
        return read(self.path + "/UDC") != ""

    @property
    def busnum(self):
        return read(self.device + "/busnum", "")

    @property
    def devnum(self):
        """Changes with every plug, and with every reset of the port."""
        return read(self.device + "/devnum", "")

    @property
    def driver(self):
        """usbhid or xpad on the host; empty when unplugged, or while a guest has it that never configured it."""
        try:
            return os.path.basename(os.readlink("{}/{}:1.0/driver".format(self.device, self.port)))
        except OSError:
            return ""

    @property
    def owner(self):
        """The guest whose QEMU has it open, else `host` if a driver has it, else empty: a device that nobody serves."""
        if not self.devnum:
            return ""
        node = "/dev/bus/usb/{:03d}/{:03d}".format(int(self.busnum), int(self.devnum))
        for pid_file in glob.glob("/run/libvirt/qemu/*.pid"):
            for fd in glob.glob("/proc/{}/fd/*".format(read(pid_file, "0"))):
                try:
                    if os.readlink(fd) == node:
                        return os.path.basename(pid_file)[: -len(".pid")]
                except OSError:
                    pass  # closed meanwhile
        return "host" if self.driver else ""

    @property
    def hidg(self):
        """The node its reports are written to. Found by device number: nodes are named in order of creation."""
        number = read(self.path + "/functions/hid.0/dev", "")
        return "/dev/" + os.path.basename(os.readlink("/sys/dev/char/" + number)) if number else ""

    @property
    def events(self):
        interface = "{}/{}:1.0".format(self.device, self.port)
        found = glob.glob(interface + "/*/input/input*/event*") + glob.glob(interface + "/input/input*/event*")
        return ["/dev/input/" + os.path.basename(node) for node in sorted(found)]

    def facts(self):
        return {field: getattr(self, field) for field in FIELDS}

    # ---- its life ----

    def create(self, kind, usb_id, serial, udc, product=None):
        if not os.path.isdir("/sys/class/udc/" + udc):
            raise GadgetError("no such UDC: {} (there are: {})".format(udc, " ".join(sorted(os.listdir("/sys/class/udc")))))
        if kind != "gamepad" and kind not in DESCRIPTORS:
            raise GadgetError("no such kind: {} (keyboard, mouse or gamepad)".format(kind))
        vendor, _, model = usb_id.partition(":")
        for directory in ("", "/strings/0x409", "/configs/c.1"):
            os.mkdir(self.path + directory)
        write(self.path + "/idVendor", "0x" + vendor)
        write(self.path + "/idProduct", "0x" + model)
        write(self.path + "/bcdDevice", "0x0110")
        write(self.path + "/strings/0x409/serialnumber", serial)
        write(self.path + "/strings/0x409/product", product or self.name)
        write(self.path + "/strings/0x409/manufacturer", "ACME")
        function = self._pad_function() if kind == "gamepad" else self._hid_function(kind)
        os.symlink(function, self.path + "/configs/c.1/" + os.path.basename(function))
        os.makedirs(STATE, exist_ok=True)
        with open(os.path.join(STATE, self.name), "w", encoding="ascii") as file:
            file.write(udc)

    def _hid_function(self, kind):
        function = self.path + "/functions/hid.0"
        try:
            os.mkdir(function)
        except OSError as error:
            raise GadgetError("no HID function left, the kernel has four (HIDG_MINORS in f_hid.c)") from error
        write(function + "/protocol", str(BOOT_PROTOCOL[kind]))
        write(function + "/subclass", "1")
        write(function + "/report_length", str(REPORT_LENGTH[kind]))
        write(function + "/report_desc", bytes.fromhex(DESCRIPTORS[kind]))
        return function

    def _pad_function(self):
        """FunctionFS: a process plays the device, and has to be there before it can be plugged in."""
        function = "{}/functions/ffs.{}".format(self.path, self.name)
        os.mkdir(function)
        os.makedirs(self.function_fs)
        subprocess.run(["mount", "-t", "functionfs", self.name, self.function_fs], check=True)
        os.mkfifo(self.fifo)
        player = os.path.join(os.path.dirname(os.path.abspath(__file__)), "xpad.py")
        subprocess.run(
            ["systemd-run", "-q", "--unit=lab-gadget-" + self.name, "-p", "Type=notify", player, self.function_fs, self.fifo],
            check=True,
        )
        return function

    def plug(self, wait=True):
        if not self.plugged:
            write(self.path + "/UDC", self.udc)
        if wait:
            self.wait_plugged()

    def wait_plugged(self):
        wait_until(lambda: self.driver and self.events, self.name + " to have a driver and an event node")

    def unplug(self):
        if self.plugged:
            write(self.path + "/UDC", "\n")
        wait_until(lambda: not os.path.exists(self.device), self.name + " to be gone")

    def destroy(self):
        self.unplug()
        for link in glob.glob(self.path + "/configs/c.1/*.*"):
            os.unlink(link)
        if os.path.exists(self.fifo):
            subprocess.run(["systemctl", "stop", "lab-gadget-" + self.name], check=True)
            subprocess.run(["umount", self.function_fs], check=True)
            os.rmdir(self.function_fs)
            os.unlink(self.fifo)
        for directory in ["/configs/c.1", "/strings/0x409", ""]:
            if directory == "":
                for function in glob.glob(self.path + "/functions/*"):
                    os.rmdir(function)
            os.rmdir(self.path + directory)
        os.unlink(os.path.join(STATE, self.name))

    # ---- what its user does ----

    def report(self, content):
        """Blocks until the host has fetched the report before this one; fails when unplugged."""
        if os.path.exists(self.fifo):
            write(self.fifo, content.hex() + "\n")
        else:
            write(self.hidg, content)

    def press(self, chord):
        """These keys are down from now on, and no others."""
        self.report(chord_report(chord))

    def release(self):
        self.press("")

    def type(self, *chords):
        for chord in chords:
            self.press(chord)
            self.release()

    def move(self, dx, dy, wheel=0, tilt=0):
        self.report(mouse_report(0, dx, dy, wheel, tilt))

    def click(self, *buttons):
        for button in buttons:
            self.report(mouse_report(1 << (button - 1)))
            self.report(mouse_report())

    def pad(self, buttons, x=0, y=0):
        self.report(pad_report(buttons, x, y))


def names():
    try:
        return sorted(os.listdir(STATE))
    except OSError:
        return []
