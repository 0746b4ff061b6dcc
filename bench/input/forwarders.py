"""The ways to forward. Each stands by all the time, has mice of its own, and knows where their frames come out."""

import glob
import os
import subprocess
from functools import partial

import daemon
from load import nodes_by_name, wait_for

HERE = os.path.dirname(os.path.abspath(__file__))

HOTSEAT_DEVICE = """
[[device]]
name = "bench{number}"
match = {{ name = "{name}" }}
transport = "evdev"
"""


class Forwarder:
    """nodes are what it takes; outputs, as many, are its clones."""

    patience = 30  # s: Python takes its time

    def __init__(self, names, nodes):
        self.names = names
        self.nodes = nodes
        self.processes = []
        self.outputs = []

    def start(self):
        """False: it cannot be had here."""
        self.launch()
        self.outputs = wait_for(self.find_outputs, self.patience)
        return bool(self.outputs)

    def launch(self):
        raise NotImplementedError

    def find_outputs(self):
        """A clone has the name of its source, and is younger."""
        found = nodes_by_name()
        clones = [found[name][1:] for name in self.names]
        return [clone[0] for clone in clones] if all(clones) else None

    def run_program(self, *argv, stdin=subprocess.DEVNULL, **options):
        self.processes.append(subprocess.Popen(argv, stdin=stdin, **options))
        return self.processes[-1]

    def end(self):
        for process in self.processes:
            process.terminate()
        for process in self.processes:
            process.wait()

    def cpu(self):
        """ns that all its threads have run, ever."""
        total = 0
        for process in self.processes:
            for path in glob.glob("/proc/{}/task/*/schedstat".format(process.pid)):
                with open(path, encoding="ascii") as file:
                    total += int(file.read().split()[0])
        return total


class Nothing(Forwarder):
    """What comes out of the mouse itself."""

    def launch(self):
        pass

    def find_outputs(self):
        return self.nodes


class Program(Forwarder):
    def __init__(self, argv, names, nodes):
        super().__init__(names, nodes)
        self.argv = argv

    def launch(self):
        self.run_program(*self.argv, *self.nodes)


class Interception(Forwarder):
    """As its README has it: two programs and a pipe for each device. In Debian, intercept is called interception."""

    def launch(self):
        for node in self.nodes:
            reader = self.run_program("interception", "-g", node, stdout=subprocess.PIPE)
            self.run_program("uinput", "-d", node, stdin=reader.stdout)
            reader.stdout.close()


class Hotseat(Forwarder):
    patience = 10

    def __init__(self, stage, log, names, nodes):
        super().__init__(names, nodes)
        self.stage = stage
        self.log = log

    def launch(self):
        daemon.install(self.stage)
        subprocess.run(["udevadm", "control", "--reload"], check=True)
        with open(daemon.CONFIG_FILE, "w", encoding="utf-8") as file:
            for index, name in enumerate(self.names):
                file.write(HOTSEAT_DEVICE.format(number=index + 1, name=name))
        with open(self.log, "w", encoding="utf-8") as output:
            self.run_program("hotseatd", "--config", daemon.CONFIG_FILE, stdout=output, stderr=output)

    def find_outputs(self):
        links = ["/dev/input/by-id/host-bench{}".format(index + 1) for index in range(len(self.names))]
        return [os.path.realpath(link) for link in links] if all(map(os.path.exists, links)) else None


def make_forwarders(stage, programs, out):
    """{way: (what its mice are called, how to make it)}"""
    blocking, epoll = programs + "/hotseat-bench-floor-blocking", programs + "/hotseat-bench-floor-epoll"
    return {
        "none": ("none ", Nothing),
        "blocking": ("blocking ", partial(Program, [blocking])),
        "blocking-fifo": ("blocking-fifo ", partial(Program, [blocking, "--fifo"])),
        "epoll": ("epoll ", partial(Program, [epoll])),
        "epoll-fifo": ("epoll-fifo ", partial(Program, [epoll, "--fifo"])),
        "hotseat": ("", partial(Hotseat, stage, out + "/hotseatd-input.log")),
        "interception": ("interception ", Interception),
        "python": ("python ", partial(Program, [HERE + "/forward.py"])),
    }
