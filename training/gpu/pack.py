"""Reads what pack.ts packed: everything is on the device afterwards."""

import json
import zlib
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import torch

from dct import decode_tiles


class Pack:
    def __init__(self, folder):
        self.folder = folder
        self.index = json.load(open(f"{folder}/pack.json"))
        self.entries = {}
        for entry in self.index["entries"]:
            self.entries.setdefault(entry["name"], []).append(entry)

    def bytes(self, name):
        return b"".join(map(self.part, self.entries[name]))

    def part(self, entry):
        with open(f"{self.folder}/piece-{entry['piece']}.bin", "rb") as piece:
            piece.seek(entry["offset"])
            return zlib.decompress(piece.read(entry["length"]))

    def json(self, name):
        return json.loads(self.bytes(name))

    def floats(self, name, device, stored="<f4"):
        return torch.from_numpy(np.frombuffer(self.bytes(name), stored).astype(np.float32)).to(device)

    def weights(self, name, device):
        return self.floats(name, device, "<f2")

    def sets(self, device, threads):
        """The sets by name; what is compressed is read by several threads."""
        with ThreadPoolExecutor(threads) as pool:
            return {known["name"]: FaceSet(self, known, device, pool) for known in self.index["sets"]}


class FaceSet:
    """Tiles [N, 3, side, side], masks [N, side, side], and labels and weights by feed, all on the device."""

    def __init__(self, pack, known, device, pool):
        name, self.count, self.side = known["name"], known["count"], known["side"]
        starts = range(0, self.count, known["group"])

        def groups(kind):
            return pool.map(pack.bytes, [f"{name}/{kind}/{i}" for i in range(len(starts))])

        def on_device(data):
            return torch.from_numpy(np.frombuffer(data, np.uint8).copy()).to(device)

        self.tiles = torch.empty(self.count, 3, self.side, self.side, dtype=torch.uint8, device=device)
        for start, data in zip(starts, groups("tiles")):
            part = self.tiles[start : start + known["group"]]
            part.copy_(decode_tiles(pack.index, on_device(data), len(part), self.side))
        self.masks = {
            task["name"]: torch.cat([on_device(data) for data in groups(task["name"])]).view(-1, self.side, self.side)
            for task in pack.index["tasks"]
            if f"{name}/{task['name']}/0" in pack.entries
        }
        self.round = np.frombuffer(pack.bytes(f"{name}/round"), "<i4")  # faces, some of them several times
        self.labels, self.known = {}, {}
        for feed, scale in known["scales"].items():
            numbers = np.frombuffer(pack.bytes(f"{name}/{feed}"), "<i2").reshape(self.count, -1)
            values = torch.from_numpy(numbers.astype(np.float32) * np.float32(scale))
            self.labels[feed] = values.to(device)
            if feed.endswith("Weight"):
                self.known[feed.removesuffix("Weight")] = numbers[:, 0] > 0
