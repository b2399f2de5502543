"""Executes a graph of @facexformer/core, as `describeGraph` writes it down, with PyTorch.

Every operation means what core's `graph/ops.ts` says; PyTorch differentiates.
"""

import torch
from torch.nn import functional as F

UNARY = {
    "abs": torch.abs,
    "cos": torch.cos,
    "erf": torch.erf,
    "exp": torch.exp,
    "gelu": F.gelu,
    "log": torch.log,
    "neg": torch.neg,
    "reciprocal": torch.reciprocal,
    "relu": F.relu,
    "sigmoid": torch.sigmoid,
    "sin": torch.sin,
    "sqrt": torch.sqrt,
    "tanh": torch.tanh,
}
BINARY = {
    "add": torch.add,
    "sub": torch.sub,
    "mul": torch.mul,
    "div": torch.div,
    "max": torch.maximum,
    "min": torch.minimum,
    "greater": lambda a, b: (a > b).float(),
}


def mat_mul(node, a, b):
    return torch.matmul(a.mT if node["transposeA"] else a, b.mT if node["transposeB"] else b)


def attention(node, q, k, v, bias=None):
    def heads(x):  # [..., N, C] -> [..., heads, N, C / heads]
        return x.unflatten(-1, (node["heads"], -1)).transpose(-2, -3)

    logits = (heads(q) * node["scale"]) @ heads(k).mT  # [..., heads, N, M]
    weights = softmax(logits if bias is None else logits + bias)
    return (weights @ heads(v)).transpose(-2, -3).flatten(-2)


def softmax(x):
    with torch.autocast(x.device.type, enabled=False):  # it would widen the weights to float32
        return torch.softmax(x, -1)


def pad(node, x):
    amounts = [amount for pair in zip(reversed(node["before"]), reversed(node["after"])) for amount in pair]
    return F.pad(x, amounts)


def reduce(node, x):
    take = {"sum": torch.sum, "mean": torch.mean, "max": torch.amax}[node["fn"]]
    return take(x, node["axes"], node["keepDims"]) if node["axes"] else x


def conv(node, x, weight, bias=None):
    top, left, bottom, right = node["padding"]
    if (top, left) != (bottom, right):
        x, top, left = F.pad(x, (left, right, top, bottom)), 0, 0
    return F.conv2d(x, weight, bias, node["stride"], (top, left), groups=node["groups"])


def gather(node, x):
    if "tensor" not in node:  # sent to the device once
        node["tensor"] = torch.tensor(node["indices"], device=x.device)
    return x.index_select(node["axis"], node["tensor"])


OPERATIONS = {
    "unary": lambda node, x: UNARY[node["fn"]](x),
    "binary": lambda node, a, b: BINARY[node["fn"]](a, b),
    "matMul": mat_mul,
    "linear": lambda node, x, weight, bias=None: F.linear(x, weight, bias),
    "layerNorm": lambda node, x, scale, bias: F.layer_norm(x, x.shape[-1:], scale, bias, node["epsilon"]),
    "softmax": lambda node, x: softmax(x),
    "attention": attention,
    "reshape": lambda node, x: x.reshape(node["shape"]),
    "expand": lambda node, x: x.expand(node["shape"]),
    "transpose": lambda node, x: x.permute(node["permutation"]),
    "concat": lambda node, *xs: torch.cat(xs, node["axis"]),
    "slice": lambda node, x: x.narrow(node["axis"], node["start"], node["end"] - node["start"]),
    "pad": pad,
    "gather": gather,
    "reduce": reduce,
    "conv": conv,
    "maxPool": lambda node, x: F.max_pool2d(x, node["kernel"], node["stride"]),
}


def interpret(graph, constants, feeds):
    """Outputs of `graph` by name. `constants` is its vector of constants, `feeds` has a tensor for each input."""
    values = []
    for node in graph["nodes"]:
        if node["op"] == "input":
            value = feeds[node["name"]]
        elif node["op"] == "constant":
            size = torch.Size(node["shape"]).numel()
            value = constants[node["data"] : node["data"] + size].view(node["shape"])
        else:
            value = OPERATIONS[node["op"]](node, *(values[i] for i in node["inputs"]))
        values.append(value)
    return {name: values[i] for name, i in graph["outputs"].items()}
