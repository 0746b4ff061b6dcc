"""The ways to forward. Each stands by all the time, has mice of its own, and knows where their frames come out."""

import os
from functools import partial

import daemon
from load import nodes_by_name, wait_for
from workstation import run

HERE = os.path.dirname(os.path.abspath(__file__))

HOTSEAT_DEVICE = """
[[device]]
name = "bench{number}"
match = {{ name = "{name}" }}
transport = "evdev"
"""


class Forwarder:
    """nodes are what it takes; outputs, as many, are its clones. Each runs as a service, as hotseatd does."""

    patience = 30  # s: Python takes its time

    def __init__(self, names, nodes):
        self.names = names
        self.nodes = nodes
        self.services = []
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

    def run_service(self, *argv):
        self.services.append("hotseat-bench-{}.service".format(self.nodes[len(self.services)].rsplit("/", 1)[1]))
        run("systemd-run", "--quiet", "--collect", "--unit", self.services[-1], *argv)

    def end(self):
        for service in self.services:
            run("systemctl", "stop", service)

    def threads(self):
        found = set()
        for service in self.services:
            with open("/sys/fs/cgroup/system.slice/{}/cgroup.threads".format(service), encoding="ascii") as file:
                found.update(int(thread) for thread in file.read().split())
        return found

    def cpu(self):
        """ns that all its threads have run, ever."""
        total = 0
        for thread in self.threads():
            with open("/proc/{}/schedstat".format(thread), encoding="ascii") as file:
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
        self.run_service(*self.argv, *self.nodes)


class Interception(Forwarder):
    """As its README has it: two programs and a pipe for each device. In Debian, intercept is called interception."""

    def launch(self):
        for node in self.nodes:
            self.run_service("sh", "-c", 'interception -g "$1" | uinput -d "$1"', "sh", node)


class Hotseat(Forwarder):
    patience = 10

    def __init__(self, stage, names, nodes):
        super().__init__(names, nodes)
        self.stage = stage

    def launch(self):
        daemon.install(self.stage)
        run("udevadm", "control", "--reload")
        with open(daemon.CONFIG_FILE, "w", encoding="utf-8") as file:
            for index, name in enumerate(self.names):
                file.write(HOTSEAT_DEVICE.format(number=index + 1, name=name))
        run("systemctl", "daemon-reload")
        run("systemctl", "start", "hotseatd.service")
        self.services = ["hotseatd.service"]

    def find_outputs(self):
        links = ["/dev/input/by-id/host-bench{}".format(index + 1) for index in range(len(self.names))]
        return [os.path.realpath(link) for link in links] if all(map(os.path.exists, links)) else None


def make_forwarders(stage, programs):
    """{way: (what its mice are called, how to make it)}"""
    blocking, epoll = programs + "/hotseat-bench-floor-blocking", programs + "/hotseat-bench-floor-epoll"
    return {
        "none": ("none ", Nothing),
        "blocking": ("blocking ", partial(Program, [blocking])),
        "blocking-fifo": ("blocking-fifo ", partial(Program, [blocking, "--fifo"])),
        "epoll": ("epoll ", partial(Program, [epoll])),
        "epoll-fifo": ("epoll-fifo ", partial(Program, [epoll, "--fifo"])),
        "hotseat": ("", partial(Hotseat, stage)),
        "interception": ("interception ", Interception),
        "python": ("python ", partial(Program, [HERE + "/forward.py"])),
    }
