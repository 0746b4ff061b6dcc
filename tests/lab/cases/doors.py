"""Who may do what, through which door: polkit, the line sockets, SSH."""

import contextlib
import os
import socket
import subprocess
import time

import hotseat
from frozen import stopped
from harness import Unexpected, eventually, expect, expect_equal, test
from seat import ROUTED, Seat
from workstation import run

ROUTED_ALONE = dict(devices=("keyboard",), routed=("keyboard",), monitors=False)
GRANTED = Seat(more='[policy]\n"user:nobody" = ["switch:win11"]\n"ssh:laptop" = ["switch", "status"]\n', **ROUTED_ALONE)
POLKIT_RULES = "/etc/polkit-1/rules.d/10-hotseat-lab.rules"
LEAVE = """polkit.addRule(function(action, subject) {
    if (action.id == "org.hotseat.Hotseat1.switch" && subject.user == "nobody") return polkit.Result.YES;
});
"""


class Lines:
    """A client of a line socket."""

    def __init__(self, name):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.settimeout(60)
        self.socket.connect("/run/hotseat/" + name)
        self.file = self.socket.makefile("r")

    def say(self, line):
        self.socket.sendall((line + "\n").encode())

    def ask(self, line):
        self.say(line)
        return self.file.readline().strip()

    def close(self):
        self.file.close()
        self.socket.close()


@test(ROUTED)
def users_need_leave_and_polkit_gives_it(desk):
    refused = hotseat.hotseat("switch", "win11", user="nobody").exits(4)
    expect("nobody may not switch to win11" in refused.err, "it says: " + refused.err)
    hotseat.hotseat("status", user="nobody").exits(0)
    hotseat.hotseat("reload", user="nobody").exits(4)
    with open(POLKIT_RULES, "w", encoding="utf-8") as rules:
        rules.write(LEAVE)
    os.chmod(POLKIT_RULES, 0o644)
    try:
        # polkitd looks at its rules again a moment after they have changed.
        eventually(lambda: expect_equal(hotseat.hotseat("switch", "win11", user="nobody").status, 0, "exit status with polkit's leave"))
        desk.settles_at("win11")
        hotseat.hotseat("reload", user="nobody").exits(4)
    finally:
        os.unlink(POLKIT_RULES)
    hotseat.release()


@test(ROUTED)
def polkit_that_hangs_holds_up_nobody_else(desk):
    run("systemctl", "start", "polkit")
    with stopped(int(run("systemctl", "show", "--value", "--property=MainPID", "polkit"))):
        waiting = hotseat.start("switch", "debby", user="nobody")
        hotseat.switch("win11")
        refused = hotseat.hotseat("release", user="nobody").exits(4)  # nobody is asked for a password then: a matter of seconds
        expect("polkit: " in refused.err, "it does not say whom it has waited for: " + refused.err)
        hotseat.release()
    waiting.answer().exits(4)


@test(GRANTED)
def configuration_grants_what_it_names_and_no_more(desk):
    journal = hotseat.Journal()
    hotseat.hotseat("switch", "win11", user="nobody").exits(0)
    hotseat.hotseat("switch", "host", user="nobody").exits(4)
    hotseat.hotseat("next", user="nobody").exits(4)
    hotseat.release()
    journal.expect("allowed: nobody: switch to win11 (user:nobody may)")
    journal.expect("denied: nobody: switch to host (user:nobody may not)")


@test(ROUTED)
def old_lines_still_move_the_seat(desk):
    """socat - UNIX-CONNECT:/run/hotseat/usbserver.sock, as the scripts around the USB server have it."""
    lines = Lines("usbserver.sock")
    lines.say("win11 attach 046d:c31c")
    desk.settles_at("win11")
    lines.say("win11 detach 046d:c31c")
    desk.settles_at("host")
    expect_equal(lines.ask("switch win11"), "ok win11 has the seat", "answer")
    expect_equal(lines.ask("switch nowhere")[:5], "error", "answer")
    lines.close()
    socat = subprocess.run(
        ["socat", "-t5", "-", "UNIX-CONNECT:/run/hotseat/usbserver.sock"], input="release\n", stdout=subprocess.PIPE, text=True, check=True
    )
    expect_equal(socat.stdout, "ok host has the seat\n", "answer to socat")


@test(ROUTED)
def serial_socket_is_its_guest(desk):
    hotseat.switch("win11")
    lines = Lines("guests/win11.sock")
    expect_equal(lines.ask("switch zorg"), "error guest win11 may not switch to zorg: guest:win11 may not", "answer")
    lines.say("zorg detach 046d:c31c")
    expect_equal(lines.ask("switch host"), "ok host has the seat", "answer")
    lines.close()
    desk.expect_at("host")
    refused = subprocess.run(
        ["runuser", "-u", "nobody", "--", "socat", "-t5", "-", "UNIX-CONNECT:/run/hotseat/guests/win11.sock"],
        input="switch host\n",
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    expect_equal(refused.stdout, "", "answer to somebody else on the guest's socket")


class Sshd:
    """On loopback, while it is the context."""

    def __init__(self, directory="/run/lab/ssh"):
        self.directory = directory

    def __enter__(self):
        # The workstation never says that it is up, at which systemd would take it away.
        with contextlib.suppress(FileNotFoundError):
            os.unlink("/run/nologin")
        os.makedirs(self.directory, exist_ok=True)
        os.makedirs("/run/sshd", exist_ok=True)
        host_key = self.directory + "/host_key"
        if not os.path.exists(host_key):
            run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", host_key)
        argv = ["/usr/sbin/sshd", "-D", "-e", "-f", "/dev/null", "-p", "2222", "-h", host_key, "-o", "ListenAddress=127.0.0.1"]
        argv += ["-o", "UsePAM=yes", "-o", "PasswordAuthentication=no", "-o", "PidFile=none"]
        self.log = open(self.directory + "/log", "w", encoding="utf-8")
        self.process = subprocess.Popen(argv, stderr=self.log)
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()
        self.log.close()

    def ssh(self, key, *command):
        argv = ["ssh", "-F", "none", "-i", key, "-p", "2222", "-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null"]
        argv += ["-o", "BatchMode=yes", "-o", "LogLevel=ERROR", "-o", "ConnectTimeout=30", "hotseat-ssh@127.0.0.1", *command]
        return subprocess.run(argv, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=90, check=False)


@test(GRANTED)
def key_may_switch_over_ssh_and_nothing_else(desk):
    key = "/run/lab/hotseat-laptop"
    for file in (key, key + ".pub"):
        if os.path.exists(file):
            os.unlink(file)
    made = hotseat.hotseat("setup", "ssh", "laptop", "--key-file", key, "--yes").exits(0).out
    expect('"ssh:laptop" = ["switch", "status"]' in made, "it does not say what to write: " + made)
    with Sshd() as sshd:

        def let_in():
            done = sshd.ssh(key, "switch win11")
            expect_equal((done.returncode, done.stderr), (0, ""), "exit status and errors of ssh")

        try:
            eventually(let_in)
        except Unexpected as error:
            with open(sshd.directory + "/log", encoding="utf-8") as log:
                raise Unexpected("{}; sshd says: {}".format(error, log.read()[-800:])) from None
        expect_equal(hotseat.status()["target"], "win11", "who has the seat")
        expect("win11 has the seat" in sshd.ssh(key, "status").stdout, "no status over ssh")
        for command in ("id", "switch nowhere; id", "reload", "cat /etc/passwd", ""):
            done = sshd.ssh(key, *([command] if command else []))
            expect(done.returncode != 0 and "uid=" not in done.stdout and "root:" not in done.stdout, "{} did: {}".format(command, done.stdout))
        expect_equal(sshd.ssh(key, "switch host").returncode, 0, "exit status of the way back")
        expect_equal(hotseat.status()["target"], "host", "who has the seat")
        hotseat.hotseat("setup", "ssh", "laptop", "--undo", "--yes").exits(0)
        expect_equal(sshd.ssh(key, "status").returncode, 255, "exit status of ssh without the key")


@test(ROUTED)
def key_without_a_line_in_the_policy_may_nothing(desk):
    environment = dict(os.environ, SSH_ORIGINAL_COMMAND="switch win11")
    argv = ["runuser", "-u", "hotseat-ssh", "--", "hotseat", "ssh-door", "stranger"]
    done = subprocess.run(argv, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=60, check=False)
    expect_equal(done.returncode, 4, "exit status: " + done.stdout + done.stderr)
    expect("ssh key stranger may not switch to win11" in done.stderr, "it says: " + done.stderr)
    desk.expect_at("host")
