"""What is measured: so many devices at such a rate, with idle or with busy CPUs."""

from dataclasses import dataclass


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
        """More than an emulated PC can do, or near it: whether everything works again afterwards is looked at."""
        return self.devices * self.rate > 2000


SIZES = ((1, 125, 600), (1, 1000, 1500), (8, 125, 400), (1, 4000, 2000), (1, 8000, 3000), (8, 1000, 300))
CELLS = [Cell(*size, loaded) for loaded in (False, True) for size in SIZES]
CALL_CELLS = [Cell(1, 125, 100), Cell(1, 1000, 500), Cell(8, 125, 100)]
RECOVERY = Cell(1, 125, 25)
SCAN = ((1000, 500), (2000, 1000), (3000, 1500), (4000, 2000), (6000, 3000), (8000, 4000))
FEWER_ROUNDS = 7  # of what is only asked for its losses, and of the peers, which are far behind
