"""The mice that send and the nodes where their frames come out: hotseat-bench-load, and which node has which name."""

import glob
import json
import os
import subprocess
import time


def nodes_by_name():
    """{name: [node]} of all virtual devices, in the order in which they were made."""
    found = {}
    for directory in sorted(glob.glob("/sys/devices/virtual/input/input*"), key=lambda path: int(path.rsplit("input", 1)[1])):
        try:
            with open(directory + "/name", encoding="utf-8") as file:
                name = file.read().strip()
        except OSError:
            continue  # it has just gone
        for event in glob.glob(directory + "/event*"):
            found.setdefault(name, []).append("/dev/input/" + os.path.basename(event))
    return found


def wait_for(condition, seconds=10):
    """Whatever the condition returns, as soon as it is true; None when it never was."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        result = condition()
        if result:
            return result
        time.sleep(0.05)
    return None


class Load:
    def __init__(self, program, names):
        self.process = subprocess.Popen([program, *names], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.names = names
        if self.process.stdout.readline() != "ready\n":
            raise RuntimeError("{} ended with {}".format(program, self.process.wait()))
        subprocess.run(["udevadm", "settle"], check=True)
        nodes = nodes_by_name()
        self.nodes = {name: nodes[name][0] for name in names}

    def run(self, names, nodes, rate, frames):
        """Sends from these mice, which were made one after the other, and receives at these nodes."""
        command = "run {} {} {} {}".format(self.names.index(names[0]), rate, frames, " ".join(nodes))
        self.process.stdin.write(command + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            raise RuntimeError("the load generator ended with {}".format(self.process.wait()))
        return json.loads(answer)

    def end(self):
        self.process.stdin.close()
        self.process.wait()
