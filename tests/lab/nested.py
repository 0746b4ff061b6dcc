"""A Linux guest small enough for an emulator in an emulator: the workstation's own kernel, busybox, and two things it does. It tells
which input events it gets, and has a hotkey, Enter, which says a line on its second serial port (as `hotseat snippets` has it done)."""

import glob
import os
import re
import struct
import subprocess

from clones import path
from evdev import ecodes
from harness import eventually, expect
from workstation import read, run

WORK = "/run/lab/nested"
SERIAL = WORK + "/serial"
EVENT = struct.Struct("qqHHi")  # struct input_event, 64 bits
DOWN = struct.pack("HHi", ecodes.EV_KEY, ecodes.KEY_ENTER, 1)  # the end of one
LINE = "switch host"

# Says every event of the device with this name as a line of hexadecimal digits. One read for one frame: hexdump by itself would wait
# for a whole buffer of them. The hotkey is looked for in the events, not on a console, where a key is repeated when the emulator takes
# its time between its going down and up.
INIT = """#!/bin/busybox sh
/bin/busybox mkdir -p /proc /sys /dev
/bin/busybox mount -t proc proc /proc
/bin/busybox mount -t sysfs sysfs /sys
/bin/busybox mount -t devtmpfs dev /dev
for module in /modules/*; do /bin/busybox insmod $module; done
while :; do
    for name in /sys/class/input/event*/device/name; do
        if [ "$(/bin/busybox cat $name)" = "@NAME@" ]; then
            event=${name#/sys/class/input/}
            exec 3< /dev/input/${event%%/*}
            echo "listening" > /dev/ttyS0
            while :; do
                frame=$(/bin/busybox dd bs=240 count=1 <&3 2> /dev/null | /bin/busybox hexdump -v -e '24/1 "%02x" "\\n"')
                echo "$frame" > /dev/ttyS0
                case "$frame" in *@HOTKEY@*) echo "@LINE@" > /dev/ttyS1 ;; esac
            done
        fi
    done
    /bin/busybox sleep 0.2
done
"""


def make_initramfs(name):
    tree = WORK + "/tree"
    os.makedirs(tree + "/bin", exist_ok=True)
    os.makedirs(tree + "/modules", exist_ok=True)
    run("cp", "/bin/busybox", tree + "/bin/")
    shown = [run("modprobe", "--show-depends", module) for module in ("virtio_pci", "virtio_input", "evdev")]
    files = dict.fromkeys(re.findall(r"^insmod (\S+)", "".join(shown), re.M))
    for number, file in enumerate(files):
        run("cp", file, "{}/modules/{:02}-{}".format(tree, number, os.path.basename(file)))
    with open(tree + "/init", "w", encoding="utf-8") as init:
        init.write(INIT.replace("@NAME@", name).replace("@HOTKEY@", DOWN.hex()).replace("@LINE@", LINE))
    os.chmod(tree + "/init", 0o755)
    subprocess.run("cd {} && find . | busybox cpio -o -H newc > ../initrd".format(tree), shell=True, check=True, stderr=subprocess.DEVNULL)


class LinuxGuest:
    """While it is the context the domain, which is shut off otherwise, is a Linux that reads this clone by virtio-input-host."""

    def __init__(self, domain, clone, name):
        """`name` is that of the device, which its clone has too."""
        self.domain, self.clone, self.name = domain, clone, name
        self.before = run("virsh", "dumpxml", "--inactive", domain)

    def __enter__(self):
        make_initramfs(self.name)
        kernel = glob.glob(os.environ["LAB_TREE"] + "/build/lab/root-*/vmlinux")[0]
        run("cp", kernel, WORK + "/vmlinux")
        boot = (
            "<os><type arch='x86_64' machine='q35'>hvm</type><kernel>{0}/vmlinux</kernel><initrd>{0}/initrd</initrd>"
            "<cmdline>console=ttyS0 quiet mitigations=off no_timer_check tsc=reliable</cmdline></os>".format(WORK)
        )
        devices = (
            "<serial type='file'><source path='{}'/><target port='0'/></serial>"
            "<serial type='unix'><source mode='connect' path='/run/hotseat/guests/{}.sock'/><target port='1'/></serial>"
            "<input type='passthrough' bus='virtio'><source evdev='{}'/></input></devices>".format(SERIAL, self.domain, path(self.clone))
        )
        text = re.sub(r"<os.*?</os>", boot, self.before, flags=re.S)
        text = re.sub(r"(<(currentMemory|memory) unit='KiB'>)\d+", r"\g<1>131072", text)
        run("virsh", "-q", "define", "/dev/stdin", stdin=text.replace("</devices>", devices))
        run("virsh", "-q", "start", self.domain)
        return self

    def __exit__(self, *_):
        run("virsh", "-q", "destroy", self.domain, check=False)
        run("virsh", "-q", "define", "/dev/stdin", stdin=self.before)

    def said(self):
        return read(SERIAL) if os.path.exists(SERIAL) else ""

    def wait_until_it_listens(self, seconds=400):
        eventually(lambda: expect("listening" in self.said(), "the guest does not listen: " + self.said()[-500:]), seconds)

    def frames(self):
        """[[(code, value) of keys]] of what it has been told, without what is only repeated. Anything else in a frame: (type, code, value)."""
        found = [[]]
        for line in re.findall(r"^([0-9a-f]{48})\s*$", self.said(), re.M):
            _, _, kind, code, value = EVENT.unpack(bytes.fromhex(line))
            if (kind, code) == (ecodes.EV_SYN, ecodes.SYN_REPORT):
                found.append([])
            elif (kind, value) != (ecodes.EV_KEY, 2):
                found[-1].append((code, value) if kind == ecodes.EV_KEY else (kind, code, value))
        return [frame for frame in found if frame]
