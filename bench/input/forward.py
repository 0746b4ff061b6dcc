#!/usr/bin/python3
"""A forwarder with python-evdev, as vfio-kvm is one: usage: forward.py NODE…"""

import asyncio
import sys

from evdev import InputDevice, UInput


async def forward(source, clone):
    while True:
        try:
            async for event in source.async_read_loop():
                clone.write_event(event)  # the frame's own SYN_REPORT comes along
        except BlockingIOError:
            pass  # a queue that overran was found empty: that would be the end of it


async def main():
    pairs = []
    for node in sys.argv[1:]:
        source = InputDevice(node)
        clone = UInput.from_device(source, name=source.name)
        source.grab()
        pairs.append((source, clone))
    await asyncio.gather(*(forward(*pair) for pair in pairs))


asyncio.run(main())
