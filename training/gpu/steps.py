"""Optimiser steps of a phase: the described network, its losses, their gradients."""

import json
import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).parents[2] / "packages/train/torch"))
from interpreter import interpret  # noqa: E402


class Steps:
    """Adds gradients of batches to those of `state`; on a GPU as a CUDA graph that was recorded once."""

    def __init__(self, pack, phase, plan, state, feeds, device):
        self.plan, self.state, self.feeds = plan, state, feeds
        self.constants = {name: pack.floats(f"phase-{phase}/{name}.bin", device) for name in ("forward", "losses")}
        self.half = device.type == "cuda" or torch.cpu._is_avx512_bf16_supported()
        self.settings = torch.zeros(4, device=device)
        self.tasks = [name.removesuffix("Weight") for name, _ in plan["feeds"] if name.endswith("Weight")]
        self.losses = torch.zeros(len(self.tasks), device=device)  # sum since they were last read
        self.share = 1.0
        self.graph = None

    def gradients(self):
        """Adds the gradient of the batch in the feeds, and its losses."""
        with torch.autocast(self.feeds["image"].device.type, torch.bfloat16, enabled=self.half, cache_enabled=False):
            raw = interpret(self.plan["forward"], self.constants["forward"], self.feeds | self.state.parts)
        raw = {name: value.float() for name, value in raw.items()}
        answers = interpret(self.plan["losses"], self.constants["losses"], self.feeds | raw)
        (answers["total"] * self.share).backward()
        self.losses.add_(answers["losses"].detach() * self.share)

    def record(self, share):
        """Fixes the weight of a batch in a step. On a GPU, warms up and records the graph."""
        self.share = share
        if self.settings.device.type != "cuda":
            return
        side = torch.cuda.Stream()
        side.wait_stream(torch.cuda.current_stream())
        with torch.cuda.stream(side):
            for _ in range(3):
                self.gradients()
        torch.cuda.current_stream().wait_stream(side)
        self.graph = torch.cuda.CUDAGraph()
        with torch.cuda.graph(self.graph):
            self.gradients()
        self.losses.zero_()

    def add(self):
        if self.graph:
            self.graph.replay()
        else:
            self.gradients()

    def move(self, settings):
        """Moves the state by the sum of gradients; the gradient's norm, still on the device."""
        self.settings.copy_(torch.tensor(settings), non_blocking=True)
        return self.state.move(self.settings)


def read_plan(pack, phase):
    return json.loads(pack.bytes(f"phase-{phase}/plan.json"))
