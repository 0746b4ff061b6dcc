"""hotseatd as the bench runs it: started directly, stopped and continued, looked at through /proc."""

import glob
import json
import os
import select
import signal
import socket
import subprocess
import time

from workstation import CONFIG, run

NOTIFY = "/run/hotseat-bench.notify"
CONFIG_FILE = "/etc/hotseat/hotseat.toml"


def install(stage):
    run("cp", "-a", "--no-preserve=ownership", stage + "/.", "/")
    run("ldconfig")
    run("systemd-sysusers")
    run("systemctl", "reload", "dbus.service")
    with open(CONFIG_FILE, "w", encoding="utf-8") as file:
        file.write(CONFIG)


def listen(path):
    if os.path.exists(path):
        os.unlink(path)
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    listener.bind(path)
    return listener


class Daemon:
    """With a watchdog (µs) its datagrams are counted; without, it has nobody to notify."""

    def __init__(self, log, watchdog=None):
        environment = dict(os.environ)
        self.notifications = None
        if watchdog:
            self.notifications = listen(NOTIFY)
            environment.update(NOTIFY_SOCKET=NOTIFY, WATCHDOG_USEC=str(watchdog))
        with open(log, "a", encoding="utf-8") as output:
            self.process = subprocess.Popen(["hotseatd", "--config", CONFIG_FILE], env=environment, stdout=output, stderr=output)
        self.stopped = False
        self.wait_idle()

    def end(self):
        self.proceed()
        self.process.terminate()
        self.process.wait()
        if self.notifications:
            self.notifications.close()

    def halt(self):
        if not self.stopped:
            self.process.send_signal(signal.SIGSTOP)
            self.stopped = True

    def proceed(self):
        if self.stopped:
            self.process.send_signal(signal.SIGCONT)
            self.stopped = False
            self.wait_idle()

    def status(self):
        done = subprocess.run(["hotseat", "status", "--json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        return json.loads(done.stdout) if done.returncode == 0 else {"state": "unreachable: " + done.stderr.strip()}

    def wait_idle(self, seconds=120):
        """It has nothing under way, everything is at the host, and no thread of it has run for a second."""
        deadline = time.monotonic() + seconds
        while True:
            status = self.status()
            if status["state"] == "idle" and status["target"] == "host" and not status["problems"]:
                before = self.context_switches()
                time.sleep(1)
                if self.context_switches() == before:
                    return
            if time.monotonic() > deadline:
                raise RuntimeError("hotseatd does not become quiet: " + json.dumps(status))
            time.sleep(0.1)

    def context_switches(self):
        """{thread: (voluntary, involuntary)}, ever."""
        found = {}
        for directory in glob.glob("/proc/{}/task/*".format(self.process.pid)):
            try:
                with open(directory + "/status", encoding="ascii", errors="replace") as file:
                    fields = dict(line.split(":", 1) for line in file)
            except OSError:
                continue  # the thread has ended
            found[directory] = (int(fields["voluntary_ctxt_switches"]), int(fields["nonvoluntary_ctxt_switches"]))
        return found

    def memory(self):
        """kB by name: VmRSS, RssAnon, RssFile."""
        with open("/proc/{}/status".format(self.process.pid), encoding="ascii", errors="replace") as file:
            fields = dict(line.split(":", 1) for line in file)
        return {name: int(fields[name].split()[0]) for name in ("VmRSS", "RssAnon", "RssFile")}

    def resident(self):
        """[(kB, file or kind of memory)] of what is resident, the largest first."""
        sizes, name = {}, ""
        with open("/proc/{}/smaps".format(self.process.pid), encoding="utf-8", errors="replace") as file:
            for line in file:
                words = line.split()
                if not words[0].endswith(":"):
                    name = os.path.basename(words[5]) if len(words) > 5 else "[anonymous]"
                elif words[0] == "Rss:":
                    sizes[name] = sizes.get(name, 0) + int(words[1])
        return sorted(((size, name) for name, size in sizes.items()), reverse=True)

    def threads(self):
        return len(os.listdir("/proc/{}/task".format(self.process.pid)))

    def pings(self, seconds):
        """Watchdog datagrams within that time. All are read as they come: a full queue would hold up the sender."""
        count = 0
        deadline = time.monotonic() + seconds
        while select.select([self.notifications], [], [], max(0, deadline - time.monotonic()))[0]:
            count += b"WATCHDOG=1" in self.notifications.recv(4096)
        return count

    def watch(self, seconds):
        """What it does while nobody wants anything of it."""
        self.pings(0)
        before = self.context_switches()
        pings = self.pings(seconds)
        after = self.context_switches()
        # A thread that came counts with all it did, one that went with the once that it must have run.
        gone = len(before.keys() - after.keys())
        voluntary, involuntary = (sum(now[kind] - before.get(thread, (0, 0))[kind] for thread, now in after.items()) for kind in (0, 1))
        return {"seconds": seconds, "voluntary": voluntary + gone, "involuntary": involuntary, "pings": pings}
