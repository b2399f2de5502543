"""Two processes that share the batches of a step against one that takes them all: weights after some steps.

usage: check_processes.py PACK SCRATCH
"""

import os
import pathlib
import shutil
import subprocess
import sys

import numpy as np

from pack import Pack

HERE = pathlib.Path(__file__).parent
STEPS = 4
TOLERANCE = 1e-3  # of the largest change of a weight


def main(pack, scratch):
    shutil.rmtree(scratch, ignore_errors=True)
    start = Pack(pack).weights("start", "cpu").numpy()
    one, two = (weights(pack, f"{scratch}/{count}", count) for count in (1, 2))
    moved, apart = np.abs(one - start).max(), np.abs(one - two).max()
    print(f"{STEPS} steps of 2 batches: weights moved by {moved:.2e} at most, one and two processes differ by {apart:.2e}")
    sys.exit("two processes do not train as one does" if not apart <= TOLERANCE * moved else 0)


def weights(pack, run, processes):
    options = ["--steps", str(STEPS), "--batches", "2", "--device", "cpu", "--threads", "1"]
    environment = os.environ | {"PROCESSES": str(processes), "PYTHON": sys.executable}
    subprocess.run(["sh", HERE / "run.sh", pack, run, *options], env=environment, check=True, stdout=subprocess.DEVNULL)
    data = open(f"{run}/state.bin", "rb").read()
    return np.frombuffer(data[24:-32], "<f4").reshape(4, -1)[0]


if __name__ == "__main__":
    main(*sys.argv[1:])
