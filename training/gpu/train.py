"""Trains what `node training/gpu/pack.mjs` packed, with PyTorch and numpy alone: see README.md.

usage: train.py PACK RUN [--out OUT] (--minutes M | --steps N) [--batches N] [--device D] [--threads N]

RUN gets state.bin and log.jsonl (the same command goes on), OUT (default RUN) the weights and the log, every minute.
Several GPUs: torchrun --nproc-per-node N training/gpu/train.py ...
"""

import argparse
import math
import os
import shutil
import time

BEGUN = time.time()

import torch  # noqa: E402
from torch import distributed  # noqa: E402

from batches import Batches  # noqa: E402
from pack import Pack  # noqa: E402
from run_files import append, load_state, save_state, save_weights  # noqa: E402
from steps import Steps, read_plan  # noqa: E402
from state import State  # noqa: E402  (packages/train/torch)

LOG_EVERY = 10
SAVE_EVERY = 60  # seconds


def main():
    options = parse()
    device, rank, world = start_process(options)
    pack = Pack(options.pack)
    sets = pack.sets(device, options.threads)
    state = State(read_plan(pack, 0), device)
    state_file = f"{options.run}/state.bin"
    os.makedirs(options.run, exist_ok=True)
    os.makedirs(options.out, exist_ok=True)
    step, seconds = 0, 0.0
    if os.path.exists(state_file):
        step, seconds = load_state(state_file, state)
    else:
        state.parameters.copy_(pack.weights("start", device))
        state.average.copy_(state.parameters)
    run = Run(options, pack, state, step, seconds, rank, world)
    run.log({"event": "start", "step": step, "parameters": len(state.parameters), "setUp": round(time.time() - BEGUN, 1)})
    for phase, part in enumerate(pack.index["phases"]):
        run.train(phase, part, sets, device)
    run.log({"event": "end", "step": run.step})
    run.save()
    if world > 1:
        distributed.destroy_process_group()


def parse():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pack")
    parser.add_argument("run")
    parser.add_argument("--out", help="where the weights go")
    length = parser.add_mutually_exclusive_group(required=True)
    length.add_argument("--minutes", type=float, help="wall time of the whole run, set-up included")
    length.add_argument("--steps", type=int)
    parser.add_argument("--batches", type=int, default=0, help="batches of the recipe in a step (default: one a process)")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    options = parser.parse_args()
    options.out = options.out or options.run
    return options


def start_process(options):
    """The device of this process, its number, and how many there are."""
    world = int(os.environ.get("WORLD_SIZE", 1))
    rank = int(os.environ.get("RANK", 0))
    options.batches = options.batches or world
    if options.batches % world:
        raise SystemExit(f"--batches {options.batches} cannot be shared out among {world} processes")
    torch.set_num_threads(options.threads)
    device = torch.device(options.device)
    if device.type == "cuda":
        device = torch.device("cuda", int(os.environ.get("LOCAL_RANK", 0)))
        torch.cuda.set_device(device)
        torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = True
    if world > 1:
        distributed.init_process_group("nccl" if device.type == "cuda" else "gloo")
    return device, rank, world


class Run:
    """A run: how far it is, and what it writes."""

    def __init__(self, options, pack, state, step, seconds, rank, world):
        self.options, self.pack, self.state, self.rank, self.world = options, pack, state, rank, world
        self.step, self.before, self.done = step, seconds, 0.0
        self.saved = time.time()
        self.path = f"{options.run}/log.jsonl"

    def seconds(self):
        return self.before + time.time() - BEGUN

    def progress(self):
        """Share of the run that is done; that of the clock is read every few steps, and is the first process's."""
        if self.options.steps:
            return self.step / self.options.steps
        if self.step % LOG_EVERY == 0 or self.done == 0:
            done = torch.tensor([self.seconds() / (60 * self.options.minutes)])
            if self.world > 1:
                done = done.to(self.state.parameters.device)
                distributed.broadcast(done, 0)
            self.done = done.item()
        return self.done

    def log(self, line):
        if self.rank == 0:
            append(self.path, line)

    def save(self):
        if self.rank == 0:
            save_state(f"{self.options.run}/state.bin", self.step, self.seconds(), self.state)
            save_weights(self.options.out, self.state.average)
            if self.options.out != self.options.run and os.path.exists(self.path):
                shutil.copy(self.path, self.options.out)
        self.saved = time.time()

    def settings(self, done):
        """Learning rate, bias corrections and share of the average, as in engine/schedule.ts and step-engine.ts."""
        optimizer, count = self.pack.index["optimizer"], self.step + 1
        warm = min(1, count / optimizer["warmUpSteps"])
        rate = optimizer["peak"] * warm * (0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * min(done, 1))))
        corrections = [1 - beta**count for beta in self.state.betas]
        return [rate, *corrections, max(1 / 500, 1 / (self.step / 5 + 10))]

    def train(self, phase, part, sets, device):
        if self.progress() >= part["until"]:
            return
        plan = read_plan(self.pack, phase)
        batches = Batches(self.pack, sets, part, plan["feeds"], device)
        steps = Steps(self.pack, phase, plan, self.state, batches.feeds, device)
        batches.fill(self.step * self.options.batches + self.rank)
        steps.record(1 / self.options.batches)
        rows = sum(part["rows"] for part in part["batch"]) * self.options.batches
        self.log({"event": "phase", "step": self.step, "size": part["size"], "setUp": round(time.time() - BEGUN, 1)})
        last = (time.time(), self.step)
        while (done := self.progress()) < part["until"]:
            settings = self.settings(done)
            norm = self.take(steps, batches, settings)
            self.step += 1
            if self.step % LOG_EVERY == 0:
                last = self.report(steps, norm, settings[0], rows, last, done)
            if time.time() - self.saved > SAVE_EVERY:
                self.save()

    def take(self, steps, batches, settings):
        """One step; each process takes its share of the batches."""
        self.state.gradient.zero_()
        for k in range(self.rank, self.options.batches, self.world):
            batches.fill(self.step * self.options.batches + k)
            steps.add()
        if self.world > 1:
            distributed.all_reduce(self.state.gradient)
        return steps.move(settings)

    def report(self, steps, norm, rate, rows, last, done):
        if self.world > 1:
            distributed.all_reduce(steps.losses)
        losses = steps.losses.tolist()  # waits for the device
        steps.losses.zero_()
        now, since = time.time(), self.step - last[1]
        self.log(
            {
                "step": self.step,
                "rate": float(f"{rate:.3g}"),
                "norm": float(f"{norm.item():.3g}"),
                "imagesPerSecond": round(rows * since / (now - last[0]), 1),
                "etaMinutes": round(self.seconds() * (1 - done) / max(done, 1e-9) / 60, 1),
                "losses": {task: round(value / since, 4) for task, value in zip(steps.tasks, losses)},
            }
        )
        return now, self.step


if __name__ == "__main__":
    main()
