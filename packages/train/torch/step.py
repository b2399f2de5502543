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
        rate, first_correction, second_correction, share = read(4).tolist()
        feeds = {}
        for name, dims in plan["feeds"]:
            feeds[name] = read(int(np.prod(dims))).view(dims).to(device)
        feeds["image"] = feeds["image"].contiguous(memory_format=torch.channels_last)
        state.gradient.zero_()
        with torch.autocast(device, torch.bfloat16, enabled=half):
            raw = interpret(forward, constants["forward"], feeds | state.parts)
        answers = interpret(losses, constants["losses"], feeds | {name: value.float() for name, value in raw.items()})
        answers["total"].backward()
        norm = state.move(rate, first_correction, second_correction, share)
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


class State:
    """The training state as flat vectors; parameters and their gradients are seen through views of them."""

    def __init__(self, plan, device):
        count = sum(slot["length"] for slot in plan["slots"])
        vectors = [torch.zeros(count, device=device) for _ in range(5)]
        self.parameters, self.first, self.second, self.average, self.gradient = vectors
        self.betas, self.clip = plan["betas"], plan["clip"]
        self.parts, decayed = {}, torch.zeros(count, device=device)
        for slot in plan["slots"]:
            where = slice(slot["start"], slot["start"] + slot["length"])
            part = self.parameters.detach()[where].view(slot["shape"]).requires_grad_()
            part.grad = self.gradient[where].view(slot["shape"])
            self.parts[slot["name"]] = part
            decayed[where] = plan["weightDecay"] if slot["decays"] else 0
        self.decayed = decayed

    def vectors(self):
        return self.parameters, self.first, self.second, self.average

    @torch.no_grad()
    def move(self, rate, first_correction, second_correction, share):
        """AdamW with clipping, and the moving average; the gradient's norm. Nothing moves when it is not finite."""
        norm = self.gradient.norm()
        if not torch.isfinite(norm):
            return norm
        gradient = self.gradient.mul_((self.clip / norm).clamp(max=1))
        self.first.lerp_(gradient, 1 - self.betas[0])
        self.second.mul_(self.betas[1]).addcmul_(gradient, gradient, value=1 - self.betas[1])
        spread = (self.second / second_correction).sqrt_().add_(1e-8)
        self.parameters.addcmul_(self.parameters, self.decayed, value=-rate)
        self.parameters.addcdiv_(self.first, spread, value=-rate / first_correction)
        self.average.lerp_(self.parameters, share)
        return norm


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
