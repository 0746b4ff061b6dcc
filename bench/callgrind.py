"""Instructions per frame: counted, kept, and told."""

import concurrent.futures
import os
import re
import subprocess
import tempfile

BUILD = os.environ.get("BENCH_BUILD", "build/release")
EXPECTED = os.path.join(os.path.dirname(os.path.abspath(__file__)), "instructions.expected")
# The program's first thread is the person at the desk, its second the router's.
ROUTERS_THREAD = "-02"
ROUNDS = (500, 5500)

HEAD = """# Instructions of the router's thread for one frame, by callgrind, in the build that is installed.
# bench/instructions --update writes this; `make test` fails when any of them grows by a tenth.
"""


def program():
    subprocess.run(["ninja", "-C", BUILD, "hotseat-bench-instructions"], check=True, stdout=subprocess.DEVNULL)
    with open(os.path.join(BUILD, "CMakeCache.txt")) as cache:
        directory = re.search(r"^HOTSEAT_BIN_DIR:\w+=(.*)$", cache.read(), re.MULTILINE).group(1)
    return os.path.join(directory, "hotseat-bench-instructions")


def instructions(command):
    """That the router's thread executes."""
    with tempfile.TemporaryDirectory() as directory:
        out = directory + "/out"
        tool = ["valgrind", "--tool=callgrind", "--separate-threads=yes", "--callgrind-out-file=" + out]
        run = subprocess.run(tool + command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        if run.returncode != 0:
            raise SystemExit("bench/instructions: " + run.stderr)
        with open(out + ROUTERS_THREAD) as file:
            return int(re.search(r"^summary: (\d+)$", file.read(), re.MULTILINE).group(1))


def per_frame(command):
    """What starting and ending take cancels out."""
    few, many = (instructions(command + [str(rounds)]) for rounds in ROUNDS)
    return round((many - few) / (ROUNDS[1] - ROUNDS[0]))


def count():
    """{kind of frame: instructions}"""
    command = program()
    kinds = subprocess.run([command], check=True, stdout=subprocess.PIPE, text=True).stdout.splitlines()
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        return dict(zip(kinds, pool.map(lambda kind: per_frame([command, kind]), kinds)))


def expected():
    if not os.path.exists(EXPECTED):
        return {}
    with open(EXPECTED) as file:
        lines = [line.rsplit(":", 1) for line in file if not line.startswith("#")]
    return {name: int(number) for name, number in lines}


def write_expected(counted):
    with open(EXPECTED, "w") as file:
        file.write(HEAD + "".join("{}: {}\n".format(name, number) for name, number in counted.items()))


def section(counts):
    """For docs/benchmarks.md."""
    rows = "".join("| {} | {} |\n".format(name, number) for name, number in counts.items())
    return (
        "### Instructions per frame\n\n"
        "What the router's thread executes between one `epoll_wait` and the next, in user space, for one frame: counted by\n"
        "callgrind (`bench/instructions`), which a busy machine does not disturb; `make test` fails when one grows by a tenth. The\n"
        "number of guests and of idle devices changes nothing.\n\n"
        "| frame | instructions |\n| --- | --- |\n" + rows
    )
