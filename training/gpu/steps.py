"""Optimiser steps of a phase: the described network, its losses, their gradients."""

import json
import pathlib
import sys

import torch
from torch.nn import functional as F

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
        self.teacher = Teacher(pack, phase, device) if pack.index["taught"] else None

    def gradients(self):
        """Adds the gradient of the batch in the feeds, and its losses."""
        with torch.autocast(self.feeds["image"].device.type, torch.bfloat16, enabled=self.half, cache_enabled=False):
            raw = interpret(self.plan["forward"], self.constants["forward"], self.feeds | self.state.parts)
        raw = {name: value.float() for name, value in raw.items()}
        answers = interpret(self.plan["losses"], self.constants["losses"], self.feeds | raw)
        total = answers["total"]
        if self.teacher:
            total = total + self.teacher.distance(self.feeds["image"], raw, self.half)
        (total * self.share).backward()
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


class Teacher:
    """A trained network that answers the same pictures; what tells it from the student is added to the loss."""

    def __init__(self, pack, phase, device):
        self.plan = json.loads(pack.bytes(f"teacher-{phase}/plan.json"))
        self.constants = pack.floats(f"teacher-{phase}/forward.bin", device)
        vector = pack.weights("teacher", device)
        self.parts = {
            slot["name"]: vector[slot["start"] : slot["start"] + slot["length"]].view(slot["shape"])
            for slot in self.plan["slots"]
        }
        self.tasks = [task for task in pack.index["tasks"] if f"raw.{task['name']}" in self.plan["forward"]["outputs"]]

    def distance(self, image, raw, half):
        with torch.no_grad(), torch.autocast(image.device.type, torch.bfloat16, enabled=half, cache_enabled=False):
            answers = interpret(self.plan["forward"], self.constants, {"image": image} | self.parts)
        distances = [
            task["factor"] * apart(task["answer"], raw[f"raw.{task['name']}"], answers[f"raw.{task['name']}"].float())
            for task in self.tasks
            if task.get("answer")
        ]
        return sum(distances)


def apart(answer, student, teacher):
    """Mean distance of raw outputs [B, ...]: cross-entropy over the second axis or of each number, or absolute."""
    if answer == "choice":
        return -(teacher.softmax(1) * student.log_softmax(1)).sum(1).mean()
    if answer == "flags":
        return F.binary_cross_entropy_with_logits(student, teacher.sigmoid())
    return (student - teacher).abs().mean()


def read_plan(pack, phase):
    return json.loads(pack.bytes(f"phase-{phase}/plan.json"))
