"""Training steps of packages/train/torch/step.py on a GPU against the CPU: losses and time.

usage: step_gpu.py FOLDER CHECKPOINT
       FOLDER is what the process engine describes; a trainer that is started with --engine "cp -r -t DIR" leaves it
       in DIR and ends. CHECKPOINT is a model.safetensors of the same network. Targets and pictures are random.
"""

import json
import os
import pathlib
import subprocess
import sys
import time

import numpy as np

from weights import read_tensors

STEP = pathlib.Path(__file__).parents[2] / "packages/train/torch/step.py"


def main(folder, checkpoint):
    plan = json.load(open(f"{folder}/plan.json"))
    losses = sum(name.endswith("Weight") for name, _ in plan["feeds"])
    parameters = read_parameters(plan, checkpoint)
    rng = np.random.default_rng(1)
    batches = [random_feeds(plan, rng) for _ in range(4)]

    def run(label, steps, **env):
        command = [sys.executable, str(STEP), folder]
        child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=os.environ | env)
        nothing = np.zeros_like(parameters).tobytes()
        child.stdin.write(b"L" + parameters.tobytes() + nothing + nothing + parameters.tobytes())
        answers, times = [], []
        for step in range(steps):
            corrections = [1 - beta ** (step + 1) for beta in plan["betas"]]
            settings = np.array([1e-5, *corrections, 0.01], "<f4")
            start = time.perf_counter()
            child.stdin.write(b"S" + settings.tobytes() + batches[step % len(batches)])
            child.stdin.flush()
            answers.append(np.frombuffer(child.stdout.read(4 * (losses + 1)), "<f4"))
            times.append(time.perf_counter() - start)
        child.stdin.close()
        child.wait()
        print(f"{label}: median step {1000 * np.median(times[3:]):.1f} ms", flush=True)
        return np.array(answers[:6])

    cpu = run("CPU float32", 6, CUDA_VISIBLE_DEVICES="", FLOAT32="1")
    for label, env in {"GPU float32": {"FLOAT32": "1"}, "GPU bfloat16": {}}.items():
        gpu = run(label, 100, **env)
        print(f"  losses and norm of six steps, largest relative difference {np.max(np.abs(gpu / cpu - 1)):.1e}")


def read_parameters(plan, checkpoint):
    tensors = read_tensors(checkpoint)
    slots = sorted(plan["slots"], key=lambda slot: slot["start"])
    return np.concatenate([tensors[slot["name"]].ravel() for slot in slots])


def random_feeds(plan, rng):
    def feed(name, dims):
        if name.endswith("Weight"):
            return np.ones(dims)
        if name == "image":
            return rng.normal(0, 1, dims)
        if name == "age":  # a bin, then years
            bins = np.eye(dims[1] - 1)[rng.integers(0, dims[1] - 1, dims[0])]
            return np.concatenate([bins, rng.uniform(1, 80, (dims[0], 1))], 1)
        if name == "landmarks":
            return rng.uniform(-0.7, 0.7, dims)
        if name == "headPose":
            return rng.normal(0, 10, dims)
        if name in ("visibility", "attributes"):
            return rng.integers(0, 2, dims)
        classes = rng.integers(0, dims[1], (dims[0], *dims[2:]))
        return np.moveaxis(np.eye(dims[1])[classes], -1, 1)

    return b"".join(feed(name, dims).astype("<f4").tobytes() for name, dims in plan["feeds"])


if __name__ == "__main__":
    main(*sys.argv[1:])
