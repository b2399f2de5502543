"""Reading weights and batches in the safetensors format."""

import json
import struct

import numpy as np

TYPES = {"F32": "<f4", "F16": "<f2"}


def read_tensors(path):
    """The tensors of a file by name, in float32."""
    raw = open(path, "rb").read()
    (length,) = struct.unpack("<Q", raw[:8])
    entries, data = json.loads(raw[8 : 8 + length]), raw[8 + length :]
    entries.pop("__metadata__", None)

    def tensor(entry):
        values = np.frombuffer(data[slice(*entry["data_offsets"])], TYPES[entry["dtype"]])
        return values.astype("<f4").reshape(entry["shape"])

    return {name: tensor(entry) for name, entry in entries.items()}
