"""A gamepad that shakes: what a program sees of it that plays one of its effects, and what the pad is told."""

import multiprocessing
import time

from evdev import InputDevice, UInput, ecodes, ff
from harness import Unexpected, expect

STRONG, WEAK = 0xC000, 0x4000


def serve(name, ready, told):
    """The pad itself, in a process of its own: who uploads an effect waits for its answer."""
    capabilities = {
        ecodes.EV_KEY: [ecodes.BTN_SOUTH, ecodes.BTN_EAST],
        ecodes.EV_FF: [ecodes.FF_RUMBLE, ecodes.FF_GAIN],
    }
    with UInput(capabilities, name=name, vendor=0x1209, product=0x0003) as pad:
        ready.set()
        for event in pad.read_loop():
            if event.type == ecodes.EV_UINPUT and event.code == ecodes.UI_FF_UPLOAD:
                upload = pad.begin_upload(event.value)
                upload.retval = 0
                rumble = upload.effect.u.ff_rumble_effect
                told.put(("upload", rumble.strong_magnitude, rumble.weak_magnitude))
                pad.end_upload(upload)
            elif event.type == ecodes.EV_UINPUT and event.code == ecodes.UI_FF_ERASE:
                erase = pad.begin_erase(event.value)
                erase.retval = 0
                told.put(("erase",))
                pad.end_erase(erase)
            elif event.type == ecodes.EV_FF:
                told.put(("play", event.value))


class ShakingPad:
    """Plugged in while it is the context."""

    def __init__(self, name):
        ready, self.told = multiprocessing.Event(), multiprocessing.Queue()
        self.process = multiprocessing.Process(target=serve, args=(name, ready, self.told))
        self.ready = ready

    def __enter__(self):
        self.process.start()
        expect(self.ready.wait(60), "the pad is not there")
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.join()

    def wait_told(self, wanted, seconds=10):
        """What the pad is told next."""
        deadline = time.monotonic() + seconds
        try:
            told = self.told.get(timeout=max(0.1, deadline - time.monotonic()))
        except Exception as error:
            raise Unexpected("the pad was told nothing; expected {}".format(wanted)) from error
        if told != wanted:
            raise Unexpected("the pad was told {}, expected {}".format(told, wanted))


class Game:
    """Plays one effect on this node. In a process of its own, as uploading waits for the pad."""

    def __init__(self, node):
        self.device = InputDevice(node)

    def upload(self):
        rumble = ff.Effect(
            ecodes.FF_RUMBLE, -1, 0, ff.Trigger(0, 0), ff.Replay(5000, 0), ff.EffectType(ff_rumble_effect=ff.Rumble(STRONG, WEAK))
        )
        return self.device.upload_effect(rumble)

    def play(self, effect):
        self.device.write(ecodes.EV_FF, effect, 1)

    def erase(self, effect):
        self.device.erase_effect(effect)

    def close(self):
        self.device.close()
