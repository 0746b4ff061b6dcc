"""A mouse that says a number in each frame, a thousand times a second, and what has become of the numbers."""

import multiprocessing
import os
import select
import struct
import time

from clones import path
from evdev import UInput, ecodes
from harness import expect

EVENT = struct.Struct("qqHHi")  # struct input_event, 64 bits
NUMBER = ecodes.REL_X
PACE = 0.001  # s between two frames
# The kernel keeps some 40 frames for a reader. On an emulated PC any CPU may stand still for longer than that takes, so the mouse
# waits for those that are on their way: what is lost then is hotseat's doing.
MOST_ON_THEIR_WAY = 20


def make(name, codes, uinput="/dev/uinput"):
    """A device as a person plugs it in, with these codes by type."""
    return UInput(codes, name=name, vendor=0x1209, product=0x0002, devnode=uinput)


def make_mouse(name):
    return make(name, {ecodes.EV_REL: [ecodes.REL_X, ecodes.REL_Y, ecodes.REL_WHEEL], ecodes.EV_KEY: [ecodes.BTN_LEFT]})


def make_keyboard(name, keys, **where):
    return make(name, {ecodes.EV_KEY: keys}, **where)


def move(mouse, stop, said, seen):
    """Until told to stop; `said` is the last number, `seen` how many have arrived."""
    due = time.monotonic()
    while not stop.value:
        if said.value - seen.value >= MOST_ON_THEIR_WAY:
            time.sleep(PACE / 2)
            continue
        said.value += 1
        frame = EVENT.pack(0, 0, ecodes.EV_REL, NUMBER, said.value) + EVENT.pack(0, 0, ecodes.EV_SYN, ecodes.SYN_REPORT, 0)
        os.write(mouse.fd, frame)
        due += PACE
        time.sleep(max(0.0, due - time.monotonic()))


def collect(names, opened, stop, last, seen, result):
    """Everything each clone says, in its order; `last` is the index of the clone that spoke last, `seen` how many frames have."""
    os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(10))
    files = {os.open(path(name), os.O_RDONLY | os.O_NONBLOCK): index for index, name in enumerate(names)}
    opened.set()
    chunks = [[] for _ in names]
    while True:
        ready = select.select(list(files), [], [], 0.2)[0]
        if not ready and stop.value:
            break
        for file in ready:
            chunk = os.read(file, 64 * EVENT.size)
            chunks[files[file]].append(chunk)
            seen.value += len(chunk) // (2 * EVENT.size)
            last.value = files[file]
    result.send([b"".join(parts) for parts in chunks])


def numbers(raw):
    found, dropped = [], 0
    for _, _, kind, code, value in EVENT.iter_unpack(raw):
        if kind == ecodes.EV_REL and code == NUMBER:
            found.append(value)
        dropped += kind == ecodes.EV_SYN and code == ecodes.SYN_DROPPED
    return found, dropped


class Stream:
    """Runs while it is the context. `spoke_last` is where the mouse's events arrive just now."""

    def __init__(self, mouse, clones):
        self.clones = clones
        self.stop_moving, self.stop_reading = multiprocessing.Value("b", 0), multiprocessing.Value("b", 0)
        self.said, self.last = multiprocessing.Value("i", 0), multiprocessing.Value("i", 0)
        self.seen = multiprocessing.Value("i", 0)
        self.result, there = multiprocessing.Pipe()
        self.opened = multiprocessing.Event()
        self.mover = multiprocessing.Process(target=move, args=(mouse, self.stop_moving, self.said, self.seen))
        self.reader = multiprocessing.Process(target=collect, args=(clones, self.opened, self.stop_reading, self.last, self.seen, there))

    def __enter__(self):
        self.reader.start()
        expect(self.opened.wait(60), "nobody reads the clones")
        self.mover.start()
        return self

    @property
    def spoke_last(self):
        return self.clones[self.last.value]

    def end(self):
        """The numbers that arrived, by clone; how many SYN_DROPPED its reader, which is ours, has brought on itself."""
        self.stop_moving.value = 1
        self.mover.join()
        self.stop_reading.value = 1
        raw = self.result.recv()
        self.reader.join()
        told = [numbers(part) for part in raw]
        return {name: found for name, (found, _) in zip(self.clones, told)}, sum(dropped for _, dropped in told)

    def __exit__(self, *_):
        for process in (self.mover, self.reader):
            if process.is_alive():
                process.terminate()
                process.join()
