"""The same network in PyTorch (bench/full-model/plain_export.py) on the same machine, in fp32 and fp16.

usage: peer.py OUT [batches] [rounds]
       OUT holds weights.safetensors and the CPU's answers, which measure.mjs leaves; writes OUT/torch.json.
"""

import json
import pathlib
import sys
import time

import numpy as np
import torch

here = pathlib.Path(__file__).parent
sys.path[:0] = [str(here), str(here.parent / "full-model")]
from plain_export import load  # noqa: E402

NAMES = ("landmarks", "headPose", "attributes", "visibility", "age", "gender", "race", "parsing")
COMPARED, WARM_UP = 2, 3


def main(out, batches="1,8,32", rounds="20"):
    device = "cuda" if torch.cuda.is_available() else "cpu"
    report = {"device": torch.cuda.get_device_name() if device == "cuda" else "cpu", "torch": torch.__version__, "results": []}
    for precision, dtype in {"fp32": torch.float32, "fp16": torch.float16}.items():
        network = load(f"{out}/weights.safetensors").to(device, dtype)
        torch.set_default_device(device)
        torch.set_default_dtype(dtype)
        with torch.inference_mode():
            speeds = {batch: speed(network, pictures(int(batch), dtype), int(rounds)) for batch in batches.split(",")}
            answers = dict(zip(NAMES, network(pictures(COMPARED, dtype))))
        torch.set_default_device("cpu")
        torch.set_default_dtype(torch.float32)
        figures = {"precision": precision, "facesPerSecond": speeds, "apart": apart(out, answers)}
        print(json.dumps(figures), flush=True)
        report["results"].append(figures)
        pathlib.Path(f"{out}/torch.json").write_text(json.dumps(report, indent=2) + "\n")


def pictures(batch, dtype):
    """As in measure.ts."""
    values = np.sin(np.arange(batch * 3 * 224 * 224, dtype=np.float64)).astype(np.float32)
    return torch.from_numpy(values).view(batch, 3, 224, 224).to(torch.get_default_device(), dtype)


def speed(network, image, rounds):
    times = []
    for turn in range(-WARM_UP, rounds):
        started = time.perf_counter()
        network(image)
        if image.is_cuda:
            torch.cuda.synchronize()
        if turn >= 0:
            times.append(time.perf_counter() - started)
    return len(image) / float(np.median(times))


def apart(out, answers):
    """The largest difference from the CPU's answers in Node, over the largest of its numbers."""
    result = {}
    for name, answer in answers.items():
        expected = np.fromfile(f"{out}/cpu-{name}.f32", "<f4")
        result[name] = float(np.abs(answer.float().cpu().numpy().ravel() - expected).max() / np.abs(expected).max())
    return result


if __name__ == "__main__":
    main(*sys.argv[1:])
