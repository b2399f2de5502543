"""The mini model's training step in eager PyTorch, from the same weights and batch: for comparison only.

usage: torch_step.py FOLDER THREADS
       FOLDER holds weights.safetensors, batch.safetensors and plan.json, written by run.mjs.
Takes an optimiser step for each line "step" on standard input and prints its milliseconds; after the first one also its
losses, and its gradient as raw floats in slot order in FOLDER/torch-gradient.bin.
"""

import json
import math
import sys
import time

import numpy as np
import torch
from torch.nn import functional as F

from weights import read_tensors

folder, threads = sys.argv[1], int(sys.argv[2])
torch.set_num_threads(threads)
plan = json.load(open(f"{folder}/plan.json"))
config = plan["model"]
DIM, HEADS, DEPTH = (config["decoder"][k] for k in ("dim", "heads", "depth"))
GAIN = math.sqrt(2 / (1 - 1 / math.pi))


def read(path):
    return {name: torch.from_numpy(values) for name, values in read_tensors(path).items()}


P = read(f"{folder}/weights.safetensors")
gaussian = P.pop("positionalEncoding.gaussian")
for value in P.values():
    value.requires_grad_(True)
B = read(f"{folder}/batch.safetensors")
B["age"], B["ageYears"] = B["age"][:, :-1], B["age"][:, -1]


def conv(x, name, stride, padding, factor=GAIN):
    w = P[f"{name}.weight"]
    centred = w - w.mean((1, 2, 3), keepdim=True)
    deviation = ((centred * centred).mean((1, 2, 3), keepdim=True) + 1e-6).sqrt()
    gain = (P[f"{name}.scale"] * factor * w[0].numel() ** -0.5).view(-1, 1, 1, 1)
    return F.conv2d(x, centred / deviation * gain, P[f"{name}.bias"], stride, padding)


def backbone(x):
    net, maps = config["backbone"], []
    x = conv(F.pad(x, (1, 0, 1, 0)), "backbone.stem", 2, 0, 1)
    for stage, depth in enumerate(net["depths"]):
        x = conv(x.relu(), f"backbone.merges.{stage}", 2, 0)
        variance = 1.0
        for block in range(depth):
            name = f"backbone.stages.{stage}.blocks.{block}"
            a = conv(x.relu(), f"{name}.dense", 1, 1, GAIN / math.sqrt(variance))
            x = x + conv(a.relu(), f"{name}.project", 1, 0, P[f"{name}.gain"] * (0.5 * GAIN))
            variance += 0.25
        maps.append(x)
    return maps


def linear(x, name):
    return F.linear(x, P[f"{name}.weight"], P[f"{name}.bias"])


def norm(x, name, eps=1e-5):
    return F.layer_norm(x, x.shape[-1:], P[f"{name}.weight"], P[f"{name}.bias"], eps)


def attend(name, queries, keys, values):
    def heads(x):
        return x.unflatten(-1, (HEADS, -1)).transpose(1, 2)

    q, k, v = heads(linear(queries, f"{name}.q")), heads(linear(keys, f"{name}.k")), heads(linear(values, f"{name}.v"))
    weights = torch.softmax(q @ k.transpose(-1, -2) / math.sqrt(q.shape[-1]), -1)
    return linear((weights @ v).transpose(1, 2).flatten(2), f"{name}.out")


def mlp(x, name):
    return linear(linear(linear(x, f"{name}.fc1").relu(), f"{name}.fc2").relu(), f"{name}.fc3")


def forward(image):
    maps = backbone(image)
    h, w = maps[0].shape[2:]
    scaled = [F.interpolate(linear(m.permute(0, 2, 3, 1), f"fusion.linears.{i}").permute(0, 3, 1, 2), (h, w), mode="bilinear", align_corners=False) for i, m in enumerate(maps)]
    face = F.linear(torch.cat(scaled[::-1], 1).flatten(2).transpose(1, 2), P["fusion.linearFuse.weight"])
    y, x = torch.meshgrid((torch.arange(h) + 0.5) / h * 2 - 1, (torch.arange(w) + 0.5) / w * 2 - 1, indexing="ij")
    angles = 2 * math.pi * (torch.stack([x, y], -1).view(-1, 2) @ gaussian)
    pe = torch.cat([angles.sin(), angles.cos()], -1)
    tokens = torch.cat([P[f"tasks.{t['name']}.token"] for t in config["tasks"]])[None].expand(len(image), -1, -1)
    q = tokens
    for i in range(DEPTH):
        n = f"decoder.layers.{i}"
        qq = q if i == 0 else q + tokens
        a = attend(f"{n}.taskSelfAttention", qq, qq, q)
        q = norm(a if i == 0 else q + a, f"{n}.norm1")
        q = norm(q + attend(f"{n}.taskToFace", q + tokens, face + pe, face), f"{n}.norm2")
        q = norm(q + linear(linear(q, f"{n}.mlp.fc1").relu(), f"{n}.mlp.fc2"), f"{n}.norm3")
        face = norm(face + attend(f"{n}.faceToTask", face + pe, q + tokens, q), f"{n}.norm4")
    q = norm(q + attend("decoder.finalTaskToFace", q + tokens, face + pe, face), "decoder.finalNorm")
    outputs, start = {}, 0
    for task in config["tasks"]:
        name, own = task["name"], q[:, start : start + task["tokens"]]
        start += task["tokens"]
        if name != "parsing":
            outputs[name] = mlp(own, f"tasks.{name}.head").flatten(1)
            continue
        rows, t = plan["masks"], "tasks.parsing"
        grid = face[:rows].transpose(1, 2).unflatten(-1, (h, w))
        up = F.conv_transpose2d(grid, P[f"{t}.upscale1.weight"], P[f"{t}.upscale1.bias"], 2)
        up = F.gelu(norm(up.permute(0, 2, 3, 1), f"{t}.upscaleNorm", 1e-6).permute(0, 3, 1, 2))
        up = F.gelu(F.conv_transpose2d(up, P[f"{t}.upscale2.weight"], P[f"{t}.upscale2.bias"], 2))
        outputs[name] = (mlp(own[:rows], f"{t}.hyper") @ up.flatten(2)).unflatten(-1, (4 * h, 4 * w))
    return outputs


def masked(name, losses):
    weight = B[f"{name}Weight"]
    return (losses * weight).sum() / weight.sum().clamp(min=1)


def losses(out):
    def ce(name):
        return -(B[name] * F.log_softmax(out[name], 1)).sum(1)

    result = {name: masked(name, ce(name)) for name in ("gender", "race", "expression")}
    for name in ("landmarks", "headPose"):
        result[name] = masked(name, (out[name] - B[name]).abs().mean(1))
    for name in ("visibility", "attributes"):
        result[name] = masked(name, F.binary_cross_entropy_with_logits(out[name], B[name], reduction="none").mean(1))
    years = F.softmax(out["age"], 1) @ torch.tensor(plan["ageCentres"])
    result["age"] = masked("age", 0.5 * ((years - B["ageYears"]).abs() * 0.1 + ce("age")))
    target, logits = B["parsing"], out["parsing"]
    known = target.sum(1, keepdim=True)
    cross = -(target * F.log_softmax(logits, 1)).sum() / known.sum().clamp(min=1)
    shares = F.softmax(logits, 1) * known
    overlap, sizes = (shares * target).sum((0, 2, 3)), shares.sum((0, 2, 3)) + target.sum((0, 2, 3))
    result["parsing"] = 0.5 * (cross + (1 - (2 * overlap + 1) / (sizes + 1)).mean())
    return result


decayed = [v for k, v in P.items() if v.dim() > 1 and not k.endswith(".token")]
others = [v for k, v in P.items() if not (v.dim() > 1 and not k.endswith(".token"))]
optimizer = torch.optim.AdamW([{"params": decayed, "weight_decay": plan["weightDecay"]}, {"params": others, "weight_decay": 0}], lr=1e-4, betas=(0.9, 0.98))
average = {k: v.detach().clone() for k, v in P.items()}
first = True
for line in sys.stdin:
    if line.strip() != "step":
        break
    start = time.perf_counter()
    optimizer.zero_grad()
    parts = losses(forward(B["image"]))
    total = sum(plan["weights"].get(name, 1) * value for name, value in parts.items())
    total.backward()
    if first:
        np.concatenate([P[n].grad.numpy().ravel() for n in plan["slots"]]).astype("<f4").tofile(f"{folder}/torch-gradient.bin")
    torch.nn.utils.clip_grad_norm_(P.values(), plan["clip"])
    optimizer.step()
    with torch.no_grad():
        torch._foreach_lerp_(list(average.values()), list(P.values()), 0.002)
    answer = {"ms": (time.perf_counter() - start) * 1000}
    if first:
        answer["losses"] = {name: float(value.detach()) for name, value in parts.items()}
    print(json.dumps(answer), flush=True)
    first = False
