"""Devices that are forwarded: what is typed arrives where the seat is, and nowhere else."""

import contextlib
import glob
import os
import signal
import time

import hotseat
from clones import INPUT_LINUX, GuestInputs, Reader, held, is_grabbed, lit, path
from evdev import InputDevice, ecodes
from frozen import FrozenThread, stopped
from harness import eventually, expect, expect_equal, test
from nested import LinuxGuest
from pad import STRONG, WEAK, Game, ShakingPad
from seat import HANDED_OVER, MIXED, NEEDED, ROUTED, STREAM
from stream import Stream, make_keyboard, make_mouse
from workstation import read, run, sleep_and_wake


def forwarded(desk):
    """Every device of the seat is in the router's hands."""

    def check():
        for device in hotseat.status()["devices"]:
            if device["transport"] == "evdev":
                expect_equal(device.get("state"), "routed", "state of " + device["name"])

    eventually(check)


def physical(desk, name):
    return desk.gadget(name).events[0]


def clones_of_keyboard():
    """{target: node}, of who runs and who is off."""
    return {target: os.path.realpath(path(target + "-keyboard")) for target in ("host", "win11", "debby")}


def readers_of(node):
    found = set()
    for link in glob.glob("/proc/[0-9]*/fd/*"):
        with contextlib.suppress(OSError):  # gone meanwhile
            if os.readlink(link) == node:
                found.add(read("/proc/{}/comm".format(link.split("/")[2])))
    return sorted(found)


@test(ROUTED)
def typing_arrives_at_the_host(desk):
    forwarded(desk)
    with Reader("host-keyboard") as host, Reader("win11-keyboard") as guest:
        desk.gadget("keyboard").type("a", "leftshift+b")
        host.wait_for_keys(
            "KEY_A down,KEY_A up,KEY_LEFTSHIFT down,KEY_B down,KEY_LEFTSHIFT up,KEY_B up".split(","),
        )
        guest.expect_silence()


@test(ROUTED)
def typing_follows_the_seat(desk):
    forwarded(desk)
    hotseat.switch("win11")
    with Reader("host-keyboard") as host, Reader("win11-keyboard") as guest:
        desk.gadget("keyboard").type("a")
        guest.wait_for_keys(["KEY_A down", "KEY_A up"])
        host.expect_silence()
    with Reader("host-mouse") as host, Reader("win11-mouse") as guest:
        desk.gadget("mouse").move(7, -2)
        eventually(lambda: expect_equal(guest.motion(), 7, "motion at the guest"))
        host.expect_silence()
    desk.expect_at("win11")
    hotseat.release()
    desk.expect_at("host")


@test(ROUTED)
def only_the_hosts_clone_is_for_the_hosts_desktop(desk):
    forwarded(desk)
    run("udevadm", "settle")
    properties = {name: run("udevadm", "info", "-q", "property", path(name + "-keyboard")) for name in ("host", "win11")}
    expect("LIBINPUT_IGNORE_DEVICE=1" in properties["win11"], "libinput would take the guest's clone:\n" + properties["win11"])
    expect("ID_INPUT_KEYBOARD=1" not in properties["win11"], "the guest's clone is a keyboard:\n" + properties["win11"])
    expect("LIBINPUT_IGNORE_DEVICE" not in properties["host"], "libinput would not take the host's clone:\n" + properties["host"])
    expect("ID_INPUT_KEYBOARD=1" in properties["host"], "the host's clone is no keyboard:\n" + properties["host"])
    with Reader("host-keyboard") as clone, Reader(node=physical(desk, "keyboard")) as itself:
        expect_equal((clone.device.name, clone.device.info), (itself.device.name, itself.device.info), "name and ids of the clone")


@test(ROUTED)
def no_stuck_keys__held_keys_are_released_where_they_were_pressed(desk):
    forwarded(desk)
    keyboard = desk.gadget("keyboard")
    keyboard.press("leftshift+a")
    eventually(lambda: expect_equal(held("host-keyboard"), ["KEY_A", "KEY_LEFTSHIFT"], "held at the host"))
    with Reader("win11-keyboard") as guest:
        hotseat.switch("win11")
        expect_equal(held("host-keyboard"), [], "held at the host afterwards")
        keyboard.release()
        guest.expect_silence()


@test(ROUTED)
def chord_switches_and_is_seen_by_nobody(desk):
    forwarded(desk)
    with Reader("host-keyboard") as host, Reader("win11-keyboard") as guest:
        desk.gadget("keyboard").type("leftctrl+leftalt+kp1")

        def there():
            expect_equal(hotseat.status()["target"], "win11", "who has the seat")

        eventually(there)
        expect("KEY_KP1 down" not in host.keys(), "the chord's last key reached the host: {}".format(host.keys()))
        expect_equal(held("host-keyboard"), [], "held at the host")
        guest.expect_silence()
        desk.gadget("keyboard").type("leftctrl+leftalt+esc")
        desk.settles_at("host")
        expect("KEY_ESC down" not in guest.keys(), "the chord's last key reached the guest: {}".format(guest.keys()))
        expect_equal(held("win11-keyboard"), [], "held at the guest")


@test(HANDED_OVER)
def hotkey_on_a_usb_keyboard_hands_it_over(desk):
    """It is not grabbed: hotseatd reads it beside the host's desktop, and again once it is back."""
    for _ in range(2):
        eventually(lambda: expect_equal(readers_of(physical(desk, "keyboard")), ["hotseatd"], "who reads the keyboard"))
        expect(not is_grabbed(physical(desk, "keyboard")), "the keyboard is grabbed")
        desk.gadget("keyboard").type("leftctrl+leftalt+kp1")
        eventually(lambda: desk.expect_devices_at("win11"))
        hotseat.release()
        eventually(lambda: desk.expect_devices_at("host"))


@test(ROUTED)
def release_chord_works_while_the_rest_of_hotseatd_hangs(desk):
    """Only the thread that moves input runs: as good as a libvirt, a bus or a monitor that never answers."""
    forwarded(desk)
    time.sleep(3.1)  # the test before has pressed it too, and the second press within 3 s gives the devices themselves back
    hotseat.switch("win11")
    with FrozenThread(desk.unit.pid), Reader("host-keyboard") as host:
        desk.gadget("keyboard").type("leftctrl+leftalt+esc", "a")
        host.wait_for_keys(["KEY_A down", "KEY_A up"])
    desk.settles_at("host")


@test(ROUTED)
def hotkey_is_followed_while_the_rest_of_hotseatd_hangs(desk):
    """Nothing has to happen before the guest can be typed to, so nobody is waited for; the switch itself comes afterwards."""
    forwarded(desk)
    with FrozenThread(desk.unit.pid), Reader("win11-keyboard") as guest:
        desk.gadget("keyboard").type("leftctrl+leftalt+kp1", "a")
        guest.wait_for_keys(["KEY_A down", "KEY_A up"])
    desk.settles_at("win11")
    hotseat.release()


@test(ROUTED)
def release_chord_pressed_twice_gives_the_devices_themselves_back(desk):
    forwarded(desk)
    hotseat.switch("win11")
    keyboard = desk.gadget("keyboard")
    with FrozenThread(desk.unit.pid):
        keyboard.type("leftctrl+leftalt+esc", "leftctrl+leftalt+esc")
        eventually(lambda: expect(not is_grabbed(physical(desk, "keyboard")), "it is still grabbed"), 5)  # the watchdog's time is 10 s
        with Reader(node=physical(desk, "keyboard")) as itself, Reader("host-keyboard") as host:
            keyboard.type("a")
            itself.wait_for_keys(["KEY_A down", "KEY_A up"])
            host.expect_silence()

    def told():
        status = hotseat.status()
        expect_equal([device["state"] for device in status["devices"]], ["let-go", "let-go"], "states of the devices")
        expect("release chord was pressed twice" in " ".join(status["problems"]), "the status does not tell: {}".format(status["problems"]))

    eventually(told)
    hotseat.switch("win11")
    forwarded(desk)
    with Reader("win11-keyboard") as guest:
        keyboard.type("b")
        guest.wait_for_keys(["KEY_B down", "KEY_B up"])


@contextlib.contextmanager
def held_at_the_guest(desk):
    """win11 has the seat, and Shift and A are held there: the keyboard, and who reads its clone."""
    forwarded(desk)
    hotseat.switch("win11")
    keyboard = desk.gadget("keyboard")
    with Reader("win11-keyboard") as guest:
        keyboard.press("leftshift+a")
        eventually(lambda: expect_equal(held("win11-keyboard"), ["KEY_A", "KEY_LEFTSHIFT"], "held at the guest"))
        yield keyboard, guest


@test(ROUTED)
def no_stuck_keys__unplugged_while_keys_are_held(desk):
    with held_at_the_guest(desk) as (keyboard, guest):
        before = clones_of_keyboard()
        keyboard.unplug()
        eventually(lambda: expect_equal(held("win11-keyboard"), [], "held at the guest after unplugging"))
        keyboard.plug()
        forwarded(desk)
        expect_equal(clones_of_keyboard(), before, "clones of a keyboard that is the same")
        guest.forget()
        keyboard.type("b")
        guest.wait_for_keys(["KEY_B down", "KEY_B up"])


@test(ROUTED)
def no_stuck_keys__machine_sleeps_while_keys_are_held(desk):
    with held_at_the_guest(desk) as (keyboard, guest):
        sleep_and_wake()
        eventually(lambda: expect_equal(held("win11-keyboard"), [], "held at the guest after sleeping"))
        keyboard.release()
        forwarded(desk)
        guest.forget()
        keyboard.type("leftshift+b")
        guest.wait_for_keys(["KEY_LEFTSHIFT down", "KEY_B down", "KEY_LEFTSHIFT up", "KEY_B up"])
    desk.settles_at("win11")


@test(ROUTED)
def no_stuck_keys__killed_while_keys_are_held(desk):
    """A guest that has a clone open keeps it: it sees the keys come up at the next start, and types on."""
    with held_at_the_guest(desk) as (keyboard, guest):
        with Reader(node=physical(desk, "keyboard")) as itself:
            desk.unit.kill()
            keyboard.press("leftshift+a+b")  # nobody has it grabbed now
            itself.wait_for_keys(["KEY_B down"])
        keyboard.release()
        desk.unit.start()
        eventually(lambda: expect_equal(held("win11-keyboard"), [], "held at the guest after the restart"))
        forwarded(desk)
        hotseat.switch("win11")
        guest.forget()
        keyboard.type("c")
        guest.wait_for_keys(["KEY_C down", "KEY_C up"])


@test(ROUTED)
def hung_hotseatd_is_ended_and_the_devices_are_the_hosts_again(desk):
    """Its unit's watchdog, 10 s."""
    forwarded(desk)
    hotseat.switch("win11")
    pid = desk.unit.pid
    os.kill(pid, signal.SIGSTOP)
    with Reader(node=physical(desk, "keyboard")) as itself:

        def typed():
            desk.gadget("keyboard").type("a")
            expect("KEY_A down" in itself.keys(), "the host does not get what is typed")

        eventually(typed, 30)
    desk.unit.wait_gone(pid)
    eventually(lambda: expect_equal(desk.unit.state, "active", "state of the unit"))
    desk.settles_at("host")


@test(ROUTED)
def lock_leds_are_those_of_whoever_has_the_seat(desk):
    """The console sets the LEDs of all keyboards that nobody has grabbed whenever one is plugged in; QEMU and desktops keep theirs."""

    def expect_lit(led, when):
        eventually(lambda: expect_equal(lit(physical(desk, "keyboard")), [led], "LEDs " + when))

    forwarded(desk)
    with Reader("win11-keyboard") as guest, Reader("host-keyboard") as host:
        for reader, led in ((guest, ecodes.LED_CAPSL), (host, ecodes.LED_NUML)):
            reader.device.grab()
            reader.device.set_led(led, 1)
        expect_lit(ecodes.LED_NUML, "while the host has the seat")
        hotseat.switch("win11")
        expect_lit(ecodes.LED_CAPSL, "while the guest has the seat")
        keyboard = desk.gadget("keyboard")
        keyboard.unplug()
        keyboard.plug()
        expect_lit(ecodes.LED_CAPSL, "of one that was plugged in anew")
        hotseat.release()
        expect_lit(ecodes.LED_NUML, "back at the host")
        desk.unit.kill()
        desk.unit.start()
        forwarded(desk)
        hotseat.switch("win11")
        expect_lit(ecodes.LED_CAPSL, "of the guest after a restart")
        hotseat.release()
        expect_lit(ecodes.LED_NUML, "of the host after a restart")


@test(STREAM)
def pad_shakes_for_whoever_has_the_seat(desk):
    with ShakingPad("hotseat test pad") as pad:
        wait_routed("test-pad")
        hotseat.switch("win11")
        game = Game(path("win11-test-pad"))
        effect = game.upload()
        pad.wait_told(("upload", STRONG, WEAK))
        game.play(effect)
        pad.wait_told(("play", 1))
        hotseat.release()
        pad.wait_told(("play", 0))  # it does not go on shaking for a game that nobody plays
        game.erase(effect)
        pad.wait_told(("play", 0))  # the kernel stops what it erases
        pad.wait_told(("erase",))
        game.close()


@test(ROUTED)
def grabbed_by_another_program_is_told_and_tried_again(desk):
    forwarded(desk)
    desk.unit.stop()
    with Reader(node=physical(desk, "keyboard")) as other:
        other.device.grab()
        desk.unit.start()

        def told():
            problems = " ".join(hotseat.status()["problems"])
            expect("another program has grabbed " + other.device.path in problems, "the status does not tell: " + problems)

        eventually(told)
        notes = " ".join(hotseat.status()["notes"])
        expect("{} is open in suite.py ({})".format(other.device.path, os.getpid()) in notes, "root is not told who it is: " + notes)
        other.device.ungrab()
        forwarded(desk)


@test(NEEDED)
def guest_without_the_input_is_refused(desk):
    forwarded(desk)
    answer = hotseat.hotseat("switch", "win11").exits(4)
    expect("hotseat guest prepare win11" in answer.out + answer.err, "it does not say what to do: " + answer.out + answer.err)
    desk.expect_at("host")


@test(NEEDED)
def qemu_that_has_let_go_of_its_input_is_asked_to_grab_it_again(desk):
    """QEMU's input-linux takes what is typed only while it has grabbed the device, which its own chord changes."""
    forwarded(desk)
    with GuestInputs("zorg", ["zorg-keyboard"], INPUT_LINUX):
        hotseat.switch("zorg")
        eventually(lambda: expect(is_grabbed("zorg-keyboard"), "QEMU has not grabbed the clone"))
        desk.gadget("keyboard").type("scrolllock")
        eventually(lambda: expect(not is_grabbed("zorg-keyboard"), "QEMU has not let go at its chord"))
        hotseat.release()
        hotseat.switch("zorg")
        eventually(lambda: expect(is_grabbed("zorg-keyboard"), "QEMU was not asked to grab again"))
        hotseat.release()
        hotseat.switch("zorg")
        desk.gadget("keyboard").press("x")
        eventually(lambda: expect_equal(held("zorg-keyboard"), ["KEY_X"], "held at the guest"))  # behind a chord, if there was one
        desk.gadget("keyboard").release()
        expect(is_grabbed("zorg-keyboard"), "QEMU, which had it grabbed, was made to let go")
        hotseat.release()


@test(NEEDED)
def guest_reads_its_clone_through_qemu(desk):
    """QEMU has the clone grabbed, as virtio-input-host does: the kernel still tells what is held there."""
    forwarded(desk)
    with GuestInputs("zorg", ["zorg-keyboard"]):
        hotseat.switch("zorg")
        expect(is_grabbed("zorg-keyboard"), "QEMU has not grabbed the clone")
        desk.gadget("keyboard").press("x")
        eventually(lambda: expect_equal(held("zorg-keyboard"), ["KEY_X"], "held at the guest"))
        desk.guest("zorg").kill()
        eventually(lambda: expect_equal(hotseat.status()["target"], "host", "who has the seat"))
        eventually(lambda: expect_equal(held("zorg-keyboard"), [], "held at the guest that died"))
        desk.gadget("keyboard").release()
        with Reader("host-keyboard") as host:
            desk.gadget("keyboard").type("y")
            host.wait_for_keys(["KEY_Y down", "KEY_Y up"])


@test(STREAM)
def thousand_switches_under_a_fast_mouse_lose_double_and_hold_nothing(desk):
    keys, mouse = make_keyboard("hotseat test keys", [ecodes.KEY_A, ecodes.KEY_F13, ecodes.KEY_F14]), make_mouse("hotseat test mouse")
    try:

        def there():
            states = {device["name"]: device.get("state") for device in hotseat.status()["devices"]}
            expect_equal(states, {"test-keys": "routed", "test-mouse": "routed", "test-pad": None}, "states of the devices")

        eventually(there)
        clones = ["host-test-mouse", "win11-test-mouse"]
        with Stream(mouse, clones) as stream:
            for turn in range(1000):
                to_guest = turn % 2 == 0
                key = ecodes.KEY_F14 if to_guest else ecodes.KEY_F13
                for code, value in ((ecodes.KEY_A, 1), (ecodes.KEY_A, 0), (key, 1), (key, 0)):
                    keys.write(ecodes.EV_KEY, code, value)
                    keys.syn()
                wanted = clones[to_guest]
                deadline = time.monotonic() + 20
                while stream.spoke_last != wanted:
                    expect(time.monotonic() < deadline, "switch {} has not come to {}".format(turn + 1, wanted))
                    time.sleep(0.0005)
            arrived, dropped = stream.end()
        expect_equal(dropped, 0, "SYN_DROPPED of the readers")
        for name, found in arrived.items():
            expect_equal(found, sorted(found), "order of what arrived at " + name)
        together = sorted(arrived[clones[0]] + arrived[clones[1]])
        expect_equal(len(together), stream.said.value, "how many frames arrived")
        expect_equal(together, list(range(1, stream.said.value + 1)), "the frames that arrived")
        for name in ("host-test-keys", "win11-test-keys"):
            expect_equal(held(name), [], "held on " + name)
    finally:
        keys.close()
        mouse.close()


def test_device(name):
    return next(device for device in hotseat.status()["devices"] if device["name"] == name)


def wait_routed(name):
    eventually(lambda: expect_equal(test_device(name).get("state"), "routed", "state of " + name))


def appears_with_held(desk, name, keys):
    """A device whose first key is down before hotseatd can have taken it."""
    with stopped(desk.unit.pid):
        device = make_keyboard(name, keys)
        device.write(ecodes.EV_KEY, keys[0], 1)
        device.syn()
    return device


@test(STREAM)
def key_that_stays_down_is_named(desk):
    """Its release must reach who has had the press: the host."""
    keys = appears_with_held(desk, "hotseat test keys", [ecodes.KEY_A])
    try:
        told = "test-keys: stays with the host until its keys are let go of: KEY_A is down"
        eventually(lambda: expect(told in hotseat.status()["problems"], "it does not tell: {}".format(hotseat.status()["problems"])))
        keys.write(ecodes.EV_KEY, ecodes.KEY_A, 0)
        keys.syn()
        wait_routed("test-keys")
        expect(told not in hotseat.status()["problems"], "it is still told")
    finally:
        keys.close()


@test(STREAM)
def latched_button_holds_up_nothing(desk):
    """As the switches of a throttle are, or a mouse's mode button."""
    pad = appears_with_held(desk, "hotseat test pad", [ecodes.BTN_TRIGGER, ecodes.BTN_THUMB])
    try:
        wait_routed("test-pad")
        hotseat.switch("win11")
        with Reader("win11-test-pad") as guest:
            for code, value in ((ecodes.BTN_TRIGGER, 0), (ecodes.BTN_THUMB, 1), (ecodes.BTN_THUMB, 0)):
                pad.write(ecodes.EV_KEY, code, value)
                pad.syn()
            guest.wait_for_keys(["BTN_THUMB down", "BTN_THUMB up"])
        hotseat.release()
    finally:
        pad.close()


@test(STREAM)
def another_device_in_its_place_gets_clones_of_its_own(desk):
    """But for a guest that runs: its QEMU would not open the new one."""

    def has_b(target):
        return ecodes.KEY_B in InputDevice(path(target + "-test-keys")).capabilities()[ecodes.EV_KEY]

    keys = make_keyboard("hotseat test keys", [ecodes.KEY_A])
    wait_routed("test-keys")
    keys.close()
    eventually(lambda: expect(not test_device("test-keys")["present"], "the keyboard is still there"))
    keys = make_keyboard("hotseat test keys", [ecodes.KEY_A, ecodes.KEY_B])
    try:
        wait_routed("test-keys")
        expect_equal([has_b(target) for target in ("host", "debby", "win11")], [True, True, False], "clones with its keys")
        told = "win11-test-keys was made for another test-keys: what only this one says is lost until win11 has been shut down"
        expect(told in hotseat.status()["problems"], "nothing is told of win11's clone")
        with Reader("host-test-keys") as host:
            keys.write(ecodes.EV_KEY, ecodes.KEY_B, 1)
            keys.write(ecodes.EV_KEY, ecodes.KEY_B, 0)
            keys.syn()
            host.wait_for_keys(["KEY_B down", "KEY_B up"])
        desk.guest("win11").kill()
        eventually(lambda: expect(has_b("win11"), "win11's clone is as it was"))
        eventually(lambda: expect(told not in hotseat.status()["problems"], "what is no problem any more is told"))
    finally:
        keys.close()


@test(STREAM)
def device_whose_clones_cannot_be_made_stays_the_hosts_until_they_can(desk):
    """Those of the one before do not suit it, and uinput is gone."""
    away = "/dev/uinput.away"
    os.rename("/dev/uinput", away)
    try:
        keys = make_keyboard("hotseat test keys", [ecodes.KEY_A, ecodes.KEY_B, ecodes.KEY_C], uinput=away)

        def told():
            device = test_device("test-keys")
            expect_equal(device.get("state"), "failed", "state of test-keys")
            expect("modprobe uinput" in device["problem"], "the status does not tell why: {}".format(device["problem"]))

        eventually(told)
        expect(not is_grabbed(keys.device.path), "nobody gets what is typed")
    finally:
        os.rename(away, "/dev/uinput")
    try:
        wait_routed("test-keys")
        expect_equal(test_device("test-keys")["problem"], None, "problem of test-keys")
        with Reader("host-test-keys") as host:
            keys.write(ecodes.EV_KEY, ecodes.KEY_C, 1)
            keys.write(ecodes.EV_KEY, ecodes.KEY_C, 0)
            keys.syn()
            host.wait_for_keys(["KEY_C down", "KEY_C up"])
    finally:
        keys.close()


@test(MIXED)
def mixed_seat_moves_as_one(desk):
    forwarded(desk)
    hotseat.switch("win11")
    desk.expect_at("win11")
    with Reader("win11-keyboard") as guest:
        desk.gadget("keyboard").type("x")
        guest.wait_for_keys(["KEY_X down", "KEY_X up"])
    hotseat.release()
    desk.expect_at("host")


@test(ROUTED)
def linux_guest_gets_what_is_typed(desk):
    """From the keyboard's report through hotseatd, uinput, QEMU and virtio to the guest's own event node."""
    forwarded(desk)
    keyboard = desk.gadget("keyboard")
    with LinuxGuest("debby", "debby-keyboard", InputDevice(physical(desk, "keyboard")).name) as guest:
        wanted = []

        def types(*keys):
            wanted.extend([(ecodes.ecodes["KEY_" + key.upper()], value) for key in keys] for value in (1, 0))
            keyboard.type("+".join(keys))
            eventually(lambda: expect_equal(guest.frames(), wanted, "what the guest was told"))

        guest.wait_until_it_listens()
        hotseat.switch("debby")
        types("leftshift", "i")
        for key in "hotseat":  # each a frame of its own, with nothing of those before it
            types(key)
        hotseat.release()
        with Reader("host-keyboard") as host:
            keyboard.type("y")
            host.wait_for_keys(["KEY_Y down", "KEY_Y up"])
        hotseat.switch("debby")
        types("enter")
        desk.settles_at("host")
        expect_equal(hotseat.status()["last"]["who"], "guest debby", "who asked")
