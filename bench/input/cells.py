"""What is measured: so many devices at such a rate, with idle or with busy CPUs."""

import os
from dataclasses import dataclass

COUNTED = os.environ.get("LAB_CLOCK") == "instructions"  # what else the machine does changes no figure (lab/run)


@dataclass(frozen=True)
class Cell:
    devices: int
    rate: int  # frames a second of each device
    frames: int  # of each device
    loaded: bool = False

    @property
    def key(self):
        return "{} × {} Hz, {}".format(self.devices, self.rate, "busy" if self.loaded else "idle")

    @property
    def overload(self):
        """More than an emulated PC can do in real time, or near it: whether everything works again afterwards is looked at."""
        return not COUNTED and self.devices * self.rate > 2000


SIZES = ((1, 125, 200), (1, 1000, 800), (8, 125, 100), (1, 4000, 1500), (1, 8000, 2000), (8, 1000, 200))
CELLS = [Cell(devices, rate, frames, loaded) for loaded in (False, True) for devices, rate, frames in SIZES]
CALL_CELLS = [Cell(1, 125, 100), Cell(1, 1000, 500), Cell(8, 125, 100)]
RECOVERY = Cell(1, 125, 25)
SCAN = ((1000, 500), (2000, 1000), (4000, 2000), (8000, 4000), (16000, 4000), (32000, 4000), (64000, 4000))
