"""The seat that the tests configure, and variations of it."""

# name: (gadget, match, optional). Every way to match is there; the twins have nothing but serial and port to tell them apart.
DEVICES = {
    "keyboard": ("keyboard", '{ usb = "046d:c31c", serial = "A1" }', False),
    "mouse": ("mouse", '{ port = "2-1" }', False),
    "twin-a": ("twin1", '{ usb = "1209:0001", serial = "T1" }', False),
    "twin-b": ("twin2", '{ usb = "1209:0001", port = "4-1" }', False),
    "gamepad": ("gamepad", '{ usb = "045e:028e" }', True),
}

# name: (monitor of the lab, match, what it shows by target). Only inputs that these monitors have.
MONITORS = {
    "left": (0, '{ model = "HOT24", serial = "HOT24-A0001" }', {"host": 0x0F, "win11": 0x11, "zorg": 0x03, "debby": 0x01}),
    "right": (1, '{ serial = "HOT27-B0002" }', {"host": 0x0F, "win11": 0x12, "zorg": 0x10, "debby": 0x11}),
}

GUESTS = {"win11": "never", "zorg": "auto", "debby": "never"}


class Seat:
    """One configuration: `text` is the file, the rest is what a test has to know of it."""

    def __init__(
        self, devices=("keyboard", "mouse", "twin-a", "twin-b", "gamepad"), inputs=None, quirks=None, nature=None, win11="", patience="40s", routed=(),
        hotkeys="", needed=(), monitors=True, more="", compat="", guests=tuple(GUESTS)
    ):
        """`inputs`, `quirks` and `nature`, the faults it has at all times, by monitor; `win11`: lines of its section; `patience`: how
        long libvirt may take for a device and for a release, which on an emulated PC beside a busy compiler is long; None: as usual;
        `routed`: devices whose transport is evdev, optional so that guests need no inputs for them; `hotkeys` and `compat`: lines of [seat] and
        [compat]; `needed`: those of the routed that a guest has to have an input for; `guests`: those that are configured."""
        self.routed = set(routed)
        self.devices = {name: DEVICES[name][0] for name in devices}
        self.optional = {name for name in devices if DEVICES[name][2]}
        self.inputs = {name: dict(shown, **(inputs or {}).get(name, {})) for name, (_, _, shown) in MONITORS.items()}
        self.nature = {name: (nature or {}).get(name, "none") for name in MONITORS}
        lines = ["[seat]", hotkeys] if hotkeys else []
        lines += ["[compat]", compat] if compat else []
        for name in guests:
            lines += ["[guest.{}]".format(name), 'start = "{}"'.format(GUESTS[name])]
            lines += [win11] if name == "win11" else []
        for name in devices:
            _, match, optional = DEVICES[name]
            lines += ["[[device]]", 'name = "{}"'.format(name), "match = " + match]
            lines += ['transport = "evdev"'] if name in self.routed else []
            lines += ["optional = true"] if optional or name in self.routed - set(needed) else []
        for name, (_, match, _) in MONITORS.items() if monitors else ():
            shown = ", ".join("{} = 0x{:02x}".format(target, value) for target, value in self.inputs[name].items())
            lines += ["[[monitor]]", 'name = "{}"'.format(name), "match = " + match, "inputs = { " + shown + " }"]
            lines += ["[monitor.quirks]", quirks[name]] if name in (quirks or {}) else []
        lines += ["[timeouts]"] + ['{} = "{}"'.format(key, patience) for key in ("usb", "release") if patience]
        lines += [more]
        self.text = "\n".join(lines + [""])


USUAL = Seat()
# What is not about devices gets by with one or two: hot-plugging is what takes the time.
TWO_DEVICES = Seat(devices=("keyboard", "mouse"))
ONE_DEVICE = Seat(devices=("mouse",))
# What is forwarded moves in no time; the mouse is handed over whole.
ROUTED = Seat(
    devices=("keyboard", "mouse"),
    routed=("keyboard", "mouse"),
    hotkeys='release_hotkey = ["KEY_LEFTCTRL", "KEY_LEFTALT", "KEY_ESC"]',
    win11='hotkey = ["KEY_LEFTCTRL", "KEY_LEFTALT", "KEY_KP1"]',
)
MIXED = Seat(devices=("keyboard", "mouse"), routed=("keyboard",), win11='hotkey = ["KEY_LEFTCTRL", "KEY_LEFTALT", "KEY_KP1"]')
HANDED_OVER = Seat(devices=("keyboard",), monitors=False, win11='hotkey = ["KEY_LEFTCTRL", "KEY_LEFTALT", "KEY_KP1"]')
NEEDED = Seat(devices=("keyboard",), routed=("keyboard",), needed=("keyboard",))
# As somebody has it who comes from vfio-kvm, scripts included.
VFIO_KVM = Seat(devices=("keyboard", "mouse"), routed=("keyboard", "mouse"), compat="vfio_kvm = true")
VFIO_KVM_WITHOUT_ZORG = Seat(
    devices=("keyboard", "mouse"),
    routed=("keyboard", "mouse"),
    monitors=False,
    compat="vfio_kvm = true",
    guests=("win11",),
)
VFIO_KVM_REFUSED = Seat(
    devices=("keyboard", "mouse"),
    routed=("keyboard", "mouse"),
    compat="vfio_kvm = true",
    more='[policy]\n"group:input" = ["switch:host"]\n',
)
VFIO_KVM_RENAMED = Seat(
    devices=("keyboard", "mouse"),
    routed=("keyboard", "mouse"),
    compat='vfio_kvm = true\nvfio_kvm_bus_name = "dev.akeydo"\nvfio_kvm_object_path = "/dev/akeydo"',
)
# Devices that the tests make themselves, and nothing else that takes time to move.
STREAM = Seat(
    devices=(),
    monitors=False,
    win11='hotkey = ["KEY_F14"]',
    more="""
[host]
hotkey = ["KEY_F13"]
[[device]]
name = "test-keys"
match = { name = "hotseat test keys" }
transport = "evdev"
optional = true
[[device]]
name = "test-mouse"
match = { name = "hotseat test mouse" }
transport = "evdev"
optional = true
[[device]]
name = "test-pad"
match = { name = "hotseat test pad" }
transport = "evdev"
optional = true
""",
)
PREPARED = Seat(devices=("keyboard", "mouse"), routed=("keyboard", "mouse"), needed=("keyboard", "mouse"))
