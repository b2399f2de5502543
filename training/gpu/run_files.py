"""Files of a run: `state.bin` is the trainer's own (packages/train/src/whole/trainer/state.ts), so each can go on with it."""

import hashlib
import json
import os
import time

import numpy as np
import torch

PART = 15 * 2**20  # bytes; what comes back from a device is limited to 16 MiB a file


def replace(path, data):
    """Writes a file so that a kill at any moment leaves either the old one or the new one."""
    with open(f"{path}.tmp", "wb") as file:
        file.write(data)
    os.replace(f"{path}.tmp", path)


def save_state(path, step, seconds, state):
    header = np.array([step, seconds, len(state.parameters)], "<f8").tobytes()
    data = header + b"".join(vector.cpu().numpy().astype("<f4").tobytes() for vector in state.vectors())
    replace(path, data + hashlib.sha256(data).digest())


def load_state(path, state):
    """Takes over a saved state; its steps and seconds."""
    data = open(path, "rb").read()
    step, seconds, count = np.frombuffer(data[:24], "<f8")
    if count != len(state.parameters) or hashlib.sha256(data[:-32]).digest() != data[-32:]:
        raise SystemExit(f"{path} is damaged, or of another model: start in another folder")
    for vector, values in zip(state.vectors(), np.frombuffer(data[24:-32], "<f4").reshape(4, -1)):
        vector.copy_(torch.from_numpy(values.copy()))
    return int(step), float(seconds)


def save_weights(folder, average):
    """The moving average in half precision, as the checkpoint stores it, in parts that come back from a device."""
    data = average.cpu().numpy().astype("<f2").tobytes()
    for part, start in enumerate(range(0, len(data), PART)):
        replace(f"{folder}/weights-{part}.f16", data[start : start + PART])


def append(path, line):
    """A line of `log.jsonl`, as the trainer writes it; it is printed too."""
    text = json.dumps({"time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()), **line})
    print(text, flush=True)
    with open(path, "a") as file:
        file.write(text + "\n")
