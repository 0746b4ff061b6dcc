"""Stops a process, or one thread of it and no other: what a hang looks like."""

import contextlib
import ctypes
import os
import signal

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


@contextlib.contextmanager
def stopped(pid):
    """The whole process stands still, and holds what it has; hotseatd's watchdog ends it after 10 s."""
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGCONT)
