"""Optimiser steps of the trainer in PyTorch: on a GPU where there is one, else on the CPU.

usage: step.py FOLDER
       FOLDER holds what the trainer's process engine wrote: plan.json, forward.bin, losses.bin (constants).

Reads requests from standard input, each a letter and raw little-endian floats:
  L  parameters, first, second, average     takes over a training state
  S  settings [4] and the feeds of a step   takes a step; answers the losses and the gradient's norm
  R                                         answers the four vectors of the state
The network runs in bfloat16 where there are instructions for it (several times slower where there are none), its losses and the
optimiser in float32. PyTorch is no dependency of the product.
"""

import json
import os
import sys

import numpy as np
import torch

from interpreter import interpret
from state import State


def main(folder):
    device = "cuda" if torch.cuda.is_available() else "cpu"
    if device == "cpu":
        torch.set_num_threads(int(os.environ.get("THREADS", os.cpu_count())))
    plan = json.load(open(f"{folder}/plan.json"))
    forward, losses = plan["forward"], plan["losses"]
    constants = {name: torch.from_numpy(np.fromfile(f"{folder}/{name}.bin", "<f4")).to(device) for name in ("forward", "losses")}
    state = State(plan, device)
    half = os.environ.get("FLOAT32") is None and (device == "cuda" or torch.cpu._is_avx512_bf16_supported())

    def step():
        settings = read(4).to(device)
        feeds = {}
        for name, dims in plan["feeds"]:
            feeds[name] = read(int(np.prod(dims))).view(dims).to(device)
        feeds["image"] = feeds["image"].contiguous(memory_format=torch.channels_last)
        state.gradient.zero_()
        with torch.autocast(device, torch.bfloat16, enabled=half):
            raw = interpret(forward, constants["forward"], feeds | state.parts)
        answers = interpret(losses, constants["losses"], feeds | {name: value.float() for name, value in raw.items()})
        answers["total"].backward()
        norm = state.move(settings)
        write(answers["losses"].detach(), norm)

    while True:
        request = sys.stdin.buffer.read(1)
        if request == b"S":
            step()
        elif request == b"L":
            for vector in state.vectors():
                vector.copy_(read(len(vector)))
        elif request == b"R":
            write(*state.vectors())
        else:
            return


def read(count):
    raw = sys.stdin.buffer.read(count * 4)
    if len(raw) < count * 4:
        sys.exit("the trainer has gone")
    return torch.frombuffer(bytearray(raw), dtype=torch.float32)


def write(*tensors):
    for tensor in tensors:
        sys.stdout.buffer.write(tensor.reshape(-1).cpu().numpy().astype("<f4").tobytes())
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
