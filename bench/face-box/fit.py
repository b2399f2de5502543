"""python bench/face-box/fit.py .cache/face-box.json (numpy): how far the detector's square is from the training frame, and
what its keypoints say about it. Fitted on train, errors on val, in parts of the box's side (size: logarithm)."""

import json
import sys

import numpy as np

RIGHT_EYE, LEFT_EYE, NOSE, MOUTH, RIGHT_EAR, LEFT_EAR = range(6)


def measure(row):
    box = row["box"]
    side = max(box["width"], box["height"])
    centre = np.array([box["x"] + box["width"] / 2 - 0.5, box["y"] + box["height"] / 2 - 0.5])
    keys = (np.array([[p["x"], p["y"]] for p in row["keypoints"]]) - centre) / side
    points = np.array(row["points"]).reshape(-1, 2)
    low, high = points.min(0), points.max(0)
    extent = (high - low).max()
    frame = ((low + high) / 2 - [0, 0.12 * extent] - centre) / side
    across = keys[LEFT_EYE] - keys[RIGHT_EYE] + keys[LEFT_EAR] - keys[RIGHT_EAR]
    across /= np.hypot(*across)
    axes = np.stack([across, [-across[1], across[0]]], 1)
    return keys @ axes, [*(frame @ axes), np.log(1.6 * extent / side)]


rows = json.load(open(sys.argv[1]))
keys, target = (np.array(part) for part in zip(*map(measure, rows)))
train = np.array([row["split"] == "train" for row in rows])
sets = np.array([row["set"] for row in rows])
one = np.ones(len(rows))
eyes = (keys[:, RIGHT_EYE, 1] + keys[:, LEFT_EYE, 1]) / 2
nose, mouth = keys[:, NOSE, 1], keys[:, MOUTH, 1]
ears = (keys[:, RIGHT_EAR, 0] + keys[:, LEFT_EAR, 0]) / 2
ear_width = keys[:, LEFT_EAR, 0] - keys[:, RIGHT_EAR, 0]
eye_width = keys[:, LEFT_EYE, 0] - keys[:, RIGHT_EYE, 0]


def show(name, features, column):
    features, value = np.stack(features, 1), target[:, column]
    weight = train * 1.0
    for _ in range(8):  # outliers count less
        root = np.sqrt(weight)
        fit = np.linalg.lstsq(features * root[:, None], value * root, rcond=None)[0]
        off = np.abs(value - features @ fit)
        weight = train / np.maximum(1, off / (3 * np.median(off[train])))
    error = value - features @ fit
    rms = {s: round(float(np.sqrt((error[~train & (sets == s)] ** 2).mean())), 3) for s in sorted(set(sets))}
    print(name, "rms on val", rms, "fit", np.round(fit, 3).tolist())


for axis, name in enumerate(["across", "down", "size"]):
    show(f"{name}: constant", [one], axis)
show("across: middle of the ears", [ears], 0)
show("down: nose, mouth", [one, nose, mouth], 1)
show("size: mouth - nose, nose - eyes, ears, eyes", [one, mouth - nose, nose - eyes, ear_width, eye_width], 2)
