"""Stops one thread of a process, and no other: what a hang looks like."""

import ctypes
import os

PTRACE_SEIZE, PTRACE_INTERRUPT, PTRACE_DETACH = 0x4206, 0x4207, 17  # sys/ptrace.h

libc = ctypes.CDLL(None, use_errno=True)


def ptrace(request, thread):
    if libc.ptrace(request, thread, None, None) != 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


class FrozenThread:
    """The thread stands still while it is the context; its number is the process's for the main thread."""

    def __init__(self, thread):
        self.thread = thread

    def __enter__(self):
        ptrace(PTRACE_SEIZE, self.thread)
        ptrace(PTRACE_INTERRUPT, self.thread)
        os.waitpid(self.thread, 0x40000000)  # __WALL

    def __exit__(self, *_):
        try:
            ptrace(PTRACE_DETACH, self.thread)
        except ProcessLookupError:
            pass  # it has been killed meanwhile, by the watchdog for one
