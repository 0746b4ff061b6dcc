"""What the findings say: medians over the rounds, the best floor, and what was asked for."""

from statistics import median

from cells import CELLS

FLOORS = ("blocking", "blocking-fifo", "epoll", "epoll-fifo")
FLOORS_OF_ITS_PRIORITY = ("blocking-fifo", "epoll-fifo")
PEERS = {"interception": "interception-tools", "python": "python-evdev"}
FIGURES = {"p50": "p50", "p99": "p99", "cpu": "CPU per frame"}

# What was asked for.
OVER_FLOOR = 1.15
CALLS = 3.05

# A source that manages less than this share of its rate is held up by the machine itself.
KEPT_PACE = 0.9


def runs(findings, cell, way):
    return [one[cell.key][way] for one in findings["rounds"] if way in one.get(cell.key, ())]


def values(findings, cell, way, figure):
    return [run[figure] for run in runs(findings, cell, way)]


def typical(findings, cell, way, figure):
    return median(values(findings, cell, way, figure))


def total(findings, cell, way, figure):
    return sum(values(findings, cell, way, figure))


def ways_in(findings):
    return list(findings["rounds"][0][CELLS[0].key])


def over_floor(findings, cell, way, figure, floors=FLOORS):
    """Over the best of them."""
    return typical(findings, cell, way, figure) / min(typical(findings, cell, floor, figure) for floor in floors)


def paired(findings, cell, way, figure, floors=FLOORS):
    """The median of the ratios within each round: what slows a whole round down does not count."""
    series = [values(findings, cell, name, figure) for name in (way, *floors)]
    return median(one / min(floors) for one, *floors in zip(*series))


def floor_lost(findings, cell):
    return min(total(findings, cell, way, "lost") for way in FLOORS)


def comparable(findings, cell):
    """Below saturation: without a forwarder the source keeps its pace, and a floor brings everything through."""
    keeps_pace = typical(findings, cell, "none", "rate") >= KEPT_PACE * cell.rate
    return keeps_pace and not cell.overload and floor_lost(findings, cell) == 0


def calls_per_frame(findings, key, way):
    """{system call: how many}, medians over the runs."""
    counts = [one[key][way] for one in findings["calls"]]
    names = sorted({name for count in counts for name in count})
    found = {name: median(count.get(name, 0) for count in counts) for name in names}
    return {name: count for name, count in found.items() if count >= 0.001}


def judged(findings):
    """(what was asked for, the figure, met)"""
    if "hotseat" not in ways_in(findings):
        return []
    below = [cell for cell in CELLS if comparable(findings, cell)]
    judgements = [judged_by_floor(findings, cell, figure) for cell in below for figure in FIGURES]
    judgements += [judged_by_peer(findings, below, peer) for peer in PEERS]
    judgements += [judged_losses(findings)]
    if findings["calls"]:
        judgements += [judged_calls(findings, key) for key in findings["calls"][0] if key.startswith("1 ")]
    return judgements


def judged_by_floor(findings, cell, figure):
    over, over_all = (over_floor(findings, cell, "hotseat", figure, floors) for floors in (FLOORS_OF_ITS_PRIORITY, FLOORS))
    own = paired(findings, cell, "hotseat", figure, FLOORS_OF_ITS_PRIORITY)
    text = "{:.2f} × (rounds' own ratios: {:.2f}; best of all four floors: {:.2f})".format(over, own, over_all)
    what = "{}: {} at most {:.2f} × the better floor's".format(cell.key, FIGURES[figure], OVER_FLOOR)
    return what, text, over <= OVER_FLOOR


def judged_by_peer(findings, cells, peer):
    what = "ahead of {} in every figure".format(PEERS[peer])
    ratios = [
        (typical(findings, cell, peer, figure) / typical(findings, cell, "hotseat", figure), cell, figure)
        for cell in cells
        for figure in FIGURES
    ]
    if not ratios:
        return what, "nothing could be compared", False
    least, cell, figure = min(ratios, key=lambda entry: entry[0])
    text = "at least {:.1f} × ({}, {})".format(least, cell.key, FIGURES[figure])
    return what, text, least > 1


def judged_losses(findings):
    cells = [cell for cell in CELLS if floor_lost(findings, cell) == 0]
    lost = {cell.key: total(findings, cell, "hotseat", "lost") for cell in cells}
    worst = ["{} of {}".format(count, key) for key, count in lost.items() if count]
    what = "no frame lost where a floor loses none ({} of {} rates and loads)".format(len(cells), len(CELLS))
    return what, ", ".join(worst) or "none", not worst


def judged_calls(findings, key):
    count = sum(calls_per_frame(findings, key, "hotseat").values())
    return "{}: at most {} system calls per frame".format(key, CALLS), "{:.3f}".format(count), count <= CALLS
