"""What somebody brings along who comes from vfio-kvm: scripts that watch and switch over D-Bus, domains that name their inputs."""

import contextlib
import os
import re
import subprocess
import time

import clones
import hotseat
from cases.routing import forwarded
from harness import eventually, expect, expect_equal, test
from seat import NEEDED, VFIO_KVM, VFIO_KVM_REFUSED, VFIO_KVM_RENAMED, VFIO_KVM_WITHOUT_ZORG
from workstation import run

MONITOR = ["dbus-monitor", "--system", "type='signal',sender='vfio.kvm'"]
HOOK_SEEN = "/run/lab/hooks-are-known"


def send(*words, user=None, name="vfio.kvm", path="/vfio/kvm"):
    """dbus-send as scripts call it; its output, whatever becomes of it."""
    argv = ["dbus-send", "--system", "--print-reply", "--dest=" + name, path] + list(words)
    return run(*(["runuser", "-u", user, "--"] + argv if user else argv), check=False)


def target():
    answer = send("org.freedesktop.DBus.Properties.Get", "string:vfio.kvm", "string:Target")
    found = re.search(r'variant\s+string "(.*)"', answer)
    expect(found, "no Target in: " + answer)
    return found[1]


def set_target(name):
    return send("org.freedesktop.DBus.Properties.Set", "string:vfio.kvm", "string:Target", "variant:string:" + name)


@contextlib.contextmanager
def link(name, leads_to):
    """In the place of whatever has the name."""
    with contextlib.suppress(FileNotFoundError):
        os.unlink(name)
    os.symlink(leads_to, name)
    yield
    os.unlink(name)


def claimed(name="vfio.kvm"):
    def check():
        names = run("busctl", "--no-pager", "--no-legend", "list", "--acquired")
        expect(re.search(r"^{} ".format(re.escape(name)), names, re.M), name + " is not on the bus")

    eventually(check)


class BusMonitor:
    """The program that vfio-kvm's users read changes from. Use it as a context."""

    def __enter__(self):
        self.path = "/run/lab/vfio-kvm-monitor"
        self.output = open(self.path, "w", encoding="utf-8")
        self.process = subprocess.Popen(MONITOR, stdout=self.output)
        self.wait("NameLost")  # from then on it listens
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()
        self.output.close()

    def text(self):
        with open(self.path, encoding="utf-8") as file:
            return file.read()

    def wait(self, words):
        eventually(lambda: expect(words in self.text(), "the monitor has not shown {}:\n{}".format(words, self.text())))


@test(VFIO_KVM)
def watching_scripts_see_every_change(desk):
    forwarded(desk)
    claimed()
    with BusMonitor() as monitor:
        hotseat.switch("win11")
        monitor.wait('string "win11"')
        hotseat.release()
        monitor.wait('string "host device"')
        text = monitor.text()
        expect('string "Target"' in text, "the property is not named:\n" + text)
        expect("hotseat" not in text, "signals of hotseat's own are among them:\n" + text)


@test(VFIO_KVM)
def toggling_goes_on_to_the_next(desk):
    forwarded(desk)
    claimed()
    answer = send("vfio.kvm.Toggle")
    expect('string "win11"' in answer, "the answer to Toggle: " + answer)
    desk.expect_at("win11")
    expect_equal(target(), "win11", "Target")
    answer = set_target("host device")
    expect("Error" not in answer, "writing Target: " + answer)
    desk.expect_at("host")
    expect_equal(target(), "host device", "Target")
    set_target("zorg")
    desk.expect_at("zorg")
    expect("InvalidArgs" in set_target("nobody"), "a target that is none was taken")
    desk.expect_at("zorg")


@test(VFIO_KVM)
def group_input_may_toggle_and_others_may_not(desk):
    claimed()
    for user, group in (("stranger", None), ("carol", "input")):
        if subprocess.run(["id", user], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode != 0:
            run("useradd", "--no-create-home", *(["--groups", group] if group else []), user)
    for words in (["vfio.kvm.Toggle"], ["org.freedesktop.DBus.Properties.Get", "string:vfio.kvm", "string:Target"]):
        answer = send(*words, user="stranger")
        expect("AccessDenied" in answer, "a stranger was answered: " + answer)
    desk.expect_at("host")
    answer = send("vfio.kvm.Toggle", user="carol")
    expect('string "win11"' in answer, "group input was refused: " + answer)
    hotseat.release()
    desk.configure(VFIO_KVM_REFUSED)
    claimed()
    answer = send("vfio.kvm.Toggle", user="carol")
    expect("carol may not switch to the next target" in answer, "a line of [policy] changed nothing: " + answer)
    hotseat.switch("win11")
    for method, verdict in (("Prepare", "false"), ("Release", "false")):
        answer = send("vfio.kvm." + method, "string:win11", "string:begin", "string:-", "string:<domain><name>win11</name></domain>", user="carol")
        expect("boolean " + verdict in answer, "{} of somebody who may not: {}".format(method, answer))
    desk.expect_at("win11")
    answer = send("org.freedesktop.DBus.Properties.Set", "string:vfio.kvm", "string:Target", "variant:string:host device", user="carol")
    expect("Error" not in answer, "she may switch to the host: " + answer)
    desk.expect_at("host")


@test(VFIO_KVM)
def other_names_are_taken_from_the_configuration(desk):
    """Whoever chooses another name gives it a policy too."""
    with open("/usr/share/dbus-1/system.d/vfio.kvm.conf", encoding="utf-8") as policy:
        text = policy.read().replace('"vfio.kvm"', '"dev.akeydo"')
    with open("/etc/dbus-1/system.d/dev.akeydo.conf", "w", encoding="utf-8") as policy:
        policy.write(text)
    run("systemctl", "reload", "dbus.service")
    desk.configure(VFIO_KVM_RENAMED)
    claimed("dev.akeydo")
    answer = run("busctl", "introspect", "--no-pager", "dev.akeydo", "/dev/akeydo", "vfio.kvm", check=False)
    expect(".Toggle" in answer, "nothing there: " + answer)
    expect("NameHasNoOwner" in send("vfio.kvm.Toggle") or "ServiceUnknown" in send("vfio.kvm.Toggle"), "vfio.kvm is there too")


def hooks_are_known(desk):
    """libvirtd looks for hooks when it starts; the one that runs here has started before hotseat was installed."""
    if not os.path.exists(HOOK_SEEN):
        desk.station.libvirtd.restart()
        open(HOOK_SEEN, "w", encoding="utf-8").close()
        eventually(lambda: expect_equal(hotseat.status()["state"], "idle", "state"))


class Inputs:
    """A guest that is off, with such inputs in its domain. Use it as a context: afterwards it is as it was."""

    def __init__(self, desk, *names):
        self.guest = desk.guest("zorg")
        self.names = names

    def __enter__(self):
        if self.guest.state != "shut off":
            self.guest.destroy()
        self.before = run("virsh", "-q", "dumpxml", "--inactive", self.guest.name)
        one = "<input type='passthrough' bus='virtio'><source evdev='{}'/></input>"
        inputs = "".join(one.format(clones.path(name)) for name in self.names)
        run("virsh", "-q", "define", "/dev/stdin", stdin=self.before.replace("</devices>", inputs + "</devices>"))
        return self

    def __exit__(self, *_):
        run("virsh", "-q", "destroy", self.guest.name, check=False)
        run("virsh", "-q", "define", "/dev/stdin", stdin=self.before)

    def try_to_start(self):
        """What virsh says; fails unless it is refused, and soon."""
        started = time.monotonic()
        said = run("virsh", "-q", "start", self.guest.name, check=False)
        expect_equal(self.guest.state, "shut off", "state of the guest; virsh said " + said)
        expect(time.monotonic() - started < 30, "it took {:.0f} s to be refused".format(time.monotonic() - started))
        return said


def reads(pid, name):
    """Has the process this clone open?"""
    node = os.stat(clones.path(name)).st_rdev
    for descriptor in os.listdir("/proc/{}/fd".format(pid)):
        try:
            if os.stat("/proc/{}/fd/{}".format(pid, descriptor)).st_rdev == node:
                return True
        except OSError:
            continue
    return False


@test(VFIO_KVM)
def guest_starts_with_the_device_that_it_names(desk):
    forwarded(desk)
    hooks_are_known(desk)
    with Inputs(desk, "zorg-keyboard") as inputs:
        inputs.guest.start()
        expect(reads(inputs.guest.pid, "zorg-keyboard"), "QEMU has not opened its clone")
        desk.hears("zorg", "running")
        hotseat.switch("zorg")
        desk.gadget("keyboard").press("leftshift")
        eventually(lambda: expect_equal(clones.held("zorg-keyboard"), ["KEY_LEFTSHIFT"], "held at the guest"))
        desk.gadget("keyboard").release()
        inputs.guest.destroy()
        eventually(lambda: expect_equal(hotseat.status()["target"], "host", "who has the seat after the guest's end"))


def names_of_targets():
    return [target["name"] for target in hotseat.status()["targets"]]


@test(VFIO_KVM_WITHOUT_ZORG)
def domain_that_names_its_inputs_is_a_guest(desk):
    """All there is to it is its definition; the configuration knows nothing of it."""
    forwarded(desk)
    hooks_are_known(desk)
    expect_equal(names_of_targets(), ["host", "win11"], "targets before it names any")
    with Inputs(desk, "zorg-keyboard") as inputs:
        inputs.guest.start()
        expect(reads(inputs.guest.pid, "zorg-keyboard"), "QEMU has not opened its clone")
        eventually(lambda: expect_equal(names_of_targets(), ["host", "win11", "zorg"], "targets while it runs"))
        desk.hears("zorg", "running")
        hotseat.switch("zorg")
        desk.gadget("keyboard").press("leftshift")
        eventually(lambda: expect_equal(clones.held("zorg-keyboard"), ["KEY_LEFTSHIFT"], "held at the guest"))
        desk.unit.kill()
        desk.gadget("keyboard").release()
        desk.unit.start()
        desk.settles_at("host")
        eventually(lambda: expect_equal(clones.held("zorg-keyboard"), [], "held at the guest after a restart of hotseatd"))
        hotseat.switch("zorg")
        inputs.guest.destroy()
        desk.settles_at("host")
    eventually(lambda: expect_equal(names_of_targets(), ["host", "win11"], "targets when it names none any more"))


@test(VFIO_KVM)
def guest_whose_device_is_missing_does_not_start(desk):
    hooks_are_known(desk)
    with Inputs(desk, "zorg-keyboard", "zorg-tablet") as inputs:
        said = inputs.try_to_start()
        expect("tablet is not plugged in" in said, "virsh does not say why: " + said)

        def journaled():
            said = run("journalctl", "-q", "--no-pager", "-o", "cat", "-u", hotseat.UNIT, "-n", "60")
            words = "zorg may not start: start zorg: /dev/input/by-id/zorg-tablet: tablet is not plugged in"
            expect(words in said, "the journal does not say {!r}:\n{}".format(words, said))

        eventually(journaled)


@test(NEEDED)
def guest_whose_device_is_unplugged_does_not_start(desk):
    """Its clone is still there, for guests that run; one that starts would have a keyboard that nobody can type on."""
    forwarded(desk)
    hooks_are_known(desk)
    with Inputs(desk, "zorg-keyboard") as inputs:
        desk.gadget("keyboard").unplug()
        eventually(lambda: expect(not hotseat.status()["devices"][0]["present"], "hotseatd still has the keyboard"))
        said = inputs.try_to_start()
        expect("keyboard is not plugged in" in said, "virsh does not say why: " + said)
        desk.gadget("keyboard").plug()
        forwarded(desk)
        inputs.guest.start()
        expect(reads(inputs.guest.pid, "zorg-keyboard"), "QEMU has not opened its clone")


@test(VFIO_KVM)
def hook_answers_without_hotseatd(desk):
    hooks_are_known(desk)
    desk.unit.stop()
    with Inputs(desk, "zorg-tablet") as inputs:
        said = inputs.try_to_start()
        expect("systemctl start hotseatd" in said, "virsh does not say what to do: " + said)
    with Inputs(desk, "zorg-keyboard") as inputs:
        with link("/dev/input/by-id/zorg-keyboard", desk.gadget("keyboard").events[0]):  # the clone's number went to another
            said = inputs.try_to_start()
        expect("systemctl start hotseatd" in said, "a device that is no clone passes for one: " + said)
    with Inputs(desk) as inputs:
        inputs.guest.start()
        expect_equal(inputs.guest.state, "running", "state of a guest that names no device")
    desk.unit.start()


@test(VFIO_KVM)
def hook_lives_through_a_restart_of_libvirtd(desk):
    """A hook that failed on "reconnect" would end the guests that run."""
    hooks_are_known(desk)
    pid = desk.guest("win11").pid
    desk.station.libvirtd.restart()
    eventually(lambda: expect_equal(hotseat.status()["state"], "idle", "state"))
    expect_equal(desk.guest("win11").state, "running", "state of the guest")
    expect_equal(desk.guest("win11").pid, pid, "pid of its QEMU")


@test(VFIO_KVM)
def socket_of_the_hook_is_roots_alone(desk):
    expect_equal(oct(os.stat("/run/hotseat").st_mode & 0o777), "0o711", "mode of the directory")
    expect_equal(oct(os.stat("/run/hotseat/hook.sock").st_mode & 0o777), "0o600", "mode of the socket")
