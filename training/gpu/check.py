"""Renders the batches of reference.ts and compares.

usage: check.py PACK REFERENCE

Random numbers and the tiles are those of the trainer in Node, the labels those of the pack (two bytes a number).
"""

import json
import sys

import numpy as np
import torch

from augment import Faces, border_of, inside, occluded_pixels
from batches import Batches
from draw import draw_face
from pack import Pack

TOLERANCE = {  # largest difference of a number, share of the numbers that may differ by more
    "image": (2e-2, 1e-3),  # one grey level is 0.017; JPEG may round a coefficient differently
    "default": (2e-3, 0),
}


def main(pack_folder, reference):
    pack = Pack(pack_folder)
    sets = pack.sets("cpu", 2)
    failed = False
    for known in json.load(open(f"{reference}/reference.json")):
        phase = pack.index["phases"][known["phase"]]
        plan = pack.json(f"phase-{known['phase']}/plan.json")
        batches = Batches(pack, sets, phase, plan["feeds"], "cpu")
        chosen = take_faces(sets, batches, known, f"{reference}/{known['name']}.tiles")
        replay(batches, known, chosen)
        expected = np.fromfile(f"{reference}/{known['name']}.feeds", "<f4")
        print(f"{known['name']}: {len(known['faces'])} faces of {batches.size} pixels")
        parts = np.split(expected, np.cumsum([np.prod(dims, dtype=int) for _, dims in plan["feeds"]])[:-1])
        expected = {name: part.reshape(dims) for (name, dims), part in zip(plan["feeds"], parts)}
        for name in expected:
            counts = expected.get(f"{name}Weight", np.ones(len(expected[name]))) > 0  # other rows may hold anything
            difference = np.abs(batches.feeds[name].numpy() - expected[name])[counts]
            if not difference.size:
                continue
            limit, share = TOLERANCE.get(name, TOLERANCE["default"])
            over = float((difference > limit).mean())
            failed |= over > share
            print(f"  {name:20} largest {difference.max():.2e}  mean {difference.mean():.2e}  over {limit:g}: {over:.2e}")
    sys.exit("the batches differ from Node's" if failed else 0)


def take_faces(sets, batches, known, tiles):
    """Puts Node's own tiles into the sets; the faces of each set of the batch."""
    data = np.fromfile(tiles, np.uint8)
    for face in known["faces"]:
        faces = sets[face["set"]]
        size = faces.side * faces.side * 3
        tile = data[:size].reshape(faces.side, faces.side, 3).transpose(2, 0, 1)
        faces.tiles[face["index"]] = torch.from_numpy(tile.copy())
        data = data[size:]
    indices = iter(face["index"] for face in known["faces"])
    return [np.array([next(indices) for _ in range(rows)]) for _, rows in batches.rows]


def replay(batches, known, chosen):
    """Renders with the numbers that Node drew. A first pass without the fields tells where they are needed."""
    outlined, others = batches.roles(chosen)
    rows = range(len(outlined))
    drawn = []
    grains = {}
    for row in rows:
        draw = random(known["seed"], known["step"], row)

        def field(kind, face, row=row, draw=draw):
            grains[kind, row] = grain(batches, chosen, kind, face, row, draw)

        drawn.append(draw_face(draw, batches.phase["augment"], outlined[row], len(others) > 0, field))

    def fields(kind, rows, size):
        nothing = torch.zeros(size, size)
        return torch.stack([grains.get((kind, row), nothing) for row in rows.tolist()])

    batches.render(chosen, drawn, others, fields)


def grain(batches, chosen, kind, face, row, draw):
    """One number for every pixel that Node paints, in its order; for noise the sum of two."""
    size = batches.size
    values = torch.zeros(size, size)
    if kind == "noise":
        for i in range(size * size):
            values.view(-1)[i] = draw() + draw() - 1
        return values
    places = painted_pixels(batches, chosen, kind, face, row).view(-1).nonzero()[:, 0]
    values.view(-1)[places] = torch.tensor([draw() - 0.5 for _ in places])
    return values


def painted_pixels(batches, chosen, kind, face, row):
    faces = Faces([face], "cpu")
    if kind == "occluder":
        return occluded_pixels(faces, torch.tensor([0]), batches.size)
    alone = Faces([face] * sum(map(len, chosen)), "cpu")  # only `row` is right
    batches.place(chosen, alone)
    points = batches.feeds[batches.points["name"]].unflatten(1, (-1, 2))[[row]]
    border = border_of(points, batches.points["outline"], faces.get("forehead"), faces.get("grown"))
    return ~inside(border, batches.size)


def random(*keys):
    """`random` of @facexformer/statistics."""
    mask = 0xFFFFFFFF

    def multiply(a, b):
        return (a * b) & mask

    state = 0x9E3779B9
    for key in keys:
        state = multiply(state ^ key, 0x85EBCA6B) ^ (state >> 13)

    def draw():
        nonlocal state
        state = (state + 0x6D2B79F5) & mask
        mixed = multiply(state ^ (state >> 15), state | 1)
        mixed ^= (mixed + multiply(mixed ^ (mixed >> 7), mixed | 61)) & mask
        return ((mixed ^ (mixed >> 14)) & mask) / 2**32

    return draw


if __name__ == "__main__":
    main(*sys.argv[1:])
