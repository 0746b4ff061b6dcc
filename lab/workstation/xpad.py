#!/usr/bin/python3
"""A wired Xbox 360 controller, played over FunctionFS: its interface is vendor-specific, so the kernel's xpad drives it, not usbhid.

usage: xpad.py FUNCTIONFS-DIRECTORY FIFO

Says READY=1 to systemd when it can be plugged in; then every line of hex read from FIFO is sent as one input report. (The HID
gadget function serves four devices in the whole system, and there are four; a second reason to have this one another way.)
"""

import os
import socket
import struct
import sys
import threading

# <linux/usb/functionfs.h>
DESCRIPTORS_MAGIC_V2 = 3
STRINGS_MAGIC = 2
HAS_FS, HAS_HS = 1, 2
EVENT_SIZE, EVENT_SETUP = 12, 4

REPORT_SIZE = 20
SERIAL_REQUEST = 0x01  # what xpad asks every Xbox 360 pad at the first open


def descriptors():
    """One interface of class ff/5d/01 with an interrupt endpoint each way, which is what xpad looks for."""
    interface = struct.pack("<BBBBBBBBB", 9, 4, 0, 0, 2, 0xFF, 0x5D, 0x01, 0)
    full = interface + struct.pack("<BBBBHB", 7, 5, 0x81, 3, 32, 4) + struct.pack("<BBBBHB", 7, 5, 0x02, 3, 32, 8)
    high = interface + struct.pack("<BBBBHB", 7, 5, 0x81, 3, 32, 6) + struct.pack("<BBBBHB", 7, 5, 0x02, 3, 32, 7)
    body = struct.pack("<II", 3, 3) + full + high
    return struct.pack("<III", DESCRIPTORS_MAGIC_V2, 12 + len(body), HAS_FS | HAS_HS) + body


def strings():
    return struct.pack("<IIII", STRINGS_MAGIC, 16, 0, 0)


def answer_requests(ep0):
    while True:
        events = os.read(ep0, 4 * EVENT_SIZE)
        for at in range(0, len(events), EVENT_SIZE):
            request_type, _, _, _, length = struct.unpack_from("<BBHHH", events, at)
            if events[at + 8] != EVENT_SETUP:
                continue
            try:
                if request_type & 0x80:
                    os.write(ep0, bytes(length))
                else:
                    os.read(ep0, length)
            except OSError:
                pass  # unplugged, or withdrawn by the host


def swallow_output(directory):
    """LED and rumble commands; a pad that never takes them keeps the driver waiting."""
    while True:
        try:
            with open(os.path.join(directory, "ep2"), "rb", buffering=0) as endpoint:
                while True:
                    endpoint.read(32)
        except OSError:
            pass  # unplugged: opening waits for the next time


def tell_systemd():
    address = os.environ.get("NOTIFY_SOCKET")
    if address:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sock:
            sock.sendto(b"READY=1", address.replace("@", "\0", 1) if address[0] == "@" else address)


def send_reports(directory, fifo):
    while True:
        with open(fifo, encoding="ascii") as lines:
            for line in lines:
                try:
                    with open(os.path.join(directory, "ep1"), "wb", buffering=0) as endpoint:
                        endpoint.write(bytes.fromhex(line).ljust(REPORT_SIZE, b"\0"))
                except OSError as error:
                    print("report not sent:", error, file=sys.stderr)


def main():
    directory, fifo = sys.argv[1:]
    ep0 = os.open(os.path.join(directory, "ep0"), os.O_RDWR)
    os.write(ep0, descriptors())
    os.write(ep0, strings())
    for work, arguments in ((answer_requests, (ep0,)), (swallow_output, (directory,))):
        threading.Thread(target=work, args=arguments, daemon=True).start()
    tell_systemd()
    send_reports(directory, fifo)


main()
