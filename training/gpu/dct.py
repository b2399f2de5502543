"""The 8 x 8 cosine transform of JPEG, for tiles as pack.ts writes them and for what JPEG does to a picture."""

import math

import torch
from torch.nn import functional as F


def cosines(device):
    """Orthonormal, [frequency, place]."""
    frequency = torch.arange(8, device=device, dtype=torch.float32)[:, None]
    place = torch.arange(8, device=device, dtype=torch.float32)
    matrix = 0.5 * torch.cos((2 * place + 1) * frequency * math.pi / 16)
    matrix[0] *= math.sqrt(0.5)
    return matrix


def tables(index, quality, device):
    """Steps of the coefficients [..., 3, 8, 8] for qualities [...], as in libjpeg."""
    base = torch.tensor(index["jpeg"], device=device, dtype=torch.float32).view(3, 8, 8)
    quality = torch.as_tensor(quality, device=device, dtype=torch.float32)[..., None, None, None]
    scale = torch.where(quality < 50, 5000 / quality, 200 - 2 * quality) / 100
    return (base * scale + 0.5).floor().clamp(min=1)


def to_rgb(y, blue, red):
    """Lightness and colours about zero, as JPEG has them, to RGB 0..255."""
    y, b, r = y + 128, blue / 0.564, red / 0.713
    return torch.stack([y + r, y - (0.299 * r + 0.114 * b) / 0.587, y + b], -3).clamp(0, 255)


def decode_tiles(index, data, count, side):
    """Tiles uint8 [count, 3, side, side] from what `encodeTiles` made of them, a vector of bytes."""
    across = 2 * math.ceil(side / 16)
    matrix, steps = cosines(data.device), tables(index, index["quality"], data.device)
    planes, at = [], 0
    for plane, blocks in enumerate((across, across // 2, across // 2)):
        length = 64 * count * blocks * blocks
        codes = data[at : at + length].int() + 256 * data[at + length : at + 2 * length].int()
        at += 2 * length
        numbers = ((codes >> 1) ^ -(codes & 1)).view(64, -1)
        numbers[0] = numbers[0].cumsum(0)
        block = numbers.T.reshape(-1, 8, 8) * steps[plane]  # [count * blocks * blocks, 8, 8]
        pixels = matrix.T @ block @ matrix
        pixels = pixels.view(count, blocks, blocks, 8, 8).transpose(2, 3).reshape(count, 1, 8 * blocks, 8 * blocks)
        planes.append(pixels if blocks == across else F.interpolate(pixels, scale_factor=2, mode="bilinear"))
    rgb = to_rgb(*(plane[:, 0, :side, :side] for plane in planes))
    return (rgb + 0.5).to(torch.uint8)


def compress(pixels, steps):
    """What JPEG does to pictures [B, 3, S, S] of 0..255 with steps [B, 3, 8, 8]; colours keep their resolution."""
    r, g, b = pixels.unbind(1)
    y = 0.299 * r + 0.587 * g + 0.114 * b
    planes = torch.stack([y - 128, 0.564 * (b - y), 0.713 * (r - y)], 1)
    matrix, size = cosines(pixels.device), pixels.shape[-1]
    blocks = planes.unflatten(2, (-1, 8)).unflatten(4, (-1, 8)).transpose(3, 4)  # [B, 3, S / 8, S / 8, 8, 8]
    steps = steps[:, :, None, None]
    rounded = ((matrix @ blocks @ matrix.T) / steps + 0.5).floor() * steps
    back = (matrix.T @ rounded @ matrix).transpose(3, 4).reshape(-1, 3, size, size)
    return to_rgb(*back.unbind(1))
