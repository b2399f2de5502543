"""Random views of tiles: the trainer's list of changes (packages/train/src/whole/augment) for a whole batch at once."""

import numpy as np
import torch
from torch.nn import functional as F

from dct import compress, tables
from draw import NAMES


class Faces:
    """What was drawn for the faces of a batch: known here, to choose rows, and on the device, to compute with."""

    def __init__(self, drawn, device):
        table = np.array([[face[name] for name in NAMES] for face in drawn], np.float32)
        self.host = dict(zip(NAMES, table.T))
        self.table = torch.from_numpy(table).to(device)

    def rows(self, chosen):
        return torch.from_numpy(np.flatnonzero(chosen)).to(self.table.device)

    def get(self, name, rows=slice(None)):
        return self.table[rows, NAMES.index(name)][:, None, None]  # [b, 1, 1]

    def color(self, prefix, rows):
        names = (f"{prefix}{color}" if prefix else color.lower() for color in ("Red", "Green", "Blue"))
        return torch.stack([self.get(name, rows) for name in names], 1)  # [b, 3, 1, 1]


def matrices(host, sides, size):
    """From tile to view pixels and back, [B, 6] each: x' = m0 x + m2 y + m4, y' = m1 x + m3 y + m5."""
    drawn = {name: host[name].astype(np.float64) for name in ("centreX", "centreY", "half", "angle", "mirrored")}
    scale = size / (2 * drawn["half"] * sides)
    sign = 1 - 2 * drawn["mirrored"]
    cos, sin = scale * np.cos(drawn["angle"]), scale * np.sin(drawn["angle"])
    x, y, middle = drawn["centreX"] * sides - 0.5, drawn["centreY"] * sides - 0.5, (size - 1) / 2
    a, b, c, d = sign * cos, -sin, sign * sin, cos
    e, f = middle - sign * (cos * x + sin * y), middle + sin * x - cos * y
    area = a * d - b * c
    ia, ib, ic, id_ = d / area, -b / area, -c / area, a / area
    back = (ia, ib, ic, id_, -(ia * e + ic * f), -(ib * e + id_ * f))
    return np.stack((a, b, c, d, e, f), 1), np.stack(back, 1)


def move(matrix, x, y):
    """Places [B, ...] by matrices [B, 6]."""
    a, b, c, d, e, f = (column.view(-1, *[1] * (x.dim() - 1)) for column in matrix.unbind(1))
    return a * x + c * y + e, b * x + d * y + f


def grid(size, like):
    """Columns and rows of a view's pixels, [1, S, S]."""
    line = torch.arange(size, device=like.device, dtype=like.dtype)
    return line.expand(1, size, size), line[:, None].expand(1, size, size)


def look(tiles, back, size):
    """Bilinear views [B, 3, S, S] of tiles uint8 [B, 3, side, side], the edge repeated."""
    x, y = move(back, *grid(size, back))
    places = torch.stack([x, y], -1) * (2 / (tiles.shape[-1] - 1)) - 1
    return F.grid_sample(tiles.float(), places.float(), padding_mode="border", align_corners=True)


def inside(border, size):
    """Which pixels [B, S, S] lie in polygons [B, P, 2] of places in -1..1: an odd number of sides is to their right."""
    (x, y), (next_x, next_y) = border.unbind(-1), border.roll(-1, 1).unbind(-1)
    line = (2 * torch.arange(size, device=border.device, dtype=border.dtype) + 1) / size - 1
    at = line.view(1, -1, 1)  # rows
    x, y, next_x, next_y = (part[:, None] for part in (x, y, next_x, next_y))  # [B, 1, P]
    crosses = (y > at) != (next_y > at)
    where = x + (next_x - x) * (at - y) / (next_y - y)
    where = torch.where(crosses, where, -float("inf")).sort(-1).values  # [B, S, P]
    passed = torch.searchsorted(where, line.expand(*where.shape[:2], size).contiguous(), right=True)
    return (where.shape[-1] - passed) % 2 == 1


def border_of(points, outline, forehead, grown):
    """The jaw and the brows, moved off the chin, about the bridge of the nose: [B, P, 2]."""
    chin, bridge = points[:, [outline["chin"]]], points[:, [outline["bridge"]]]
    hairline = chin + (1 + forehead) * (points[:, outline["brows"]] - chin)
    return bridge + grown * (torch.cat([points[:, outline["jaw"]], hairline], 1) - bridge)


def covers(faces, rows, x, y):
    """Whether the occluders of faces lie over places in -1..1, [b, ...]."""
    spread = (faces.get(name, rows).view(-1, *[1] * (x.dim() - 1)) for name in ("x", "y", "rx", "ry", "round"))
    left, top, rx, ry, is_round = spread
    dx, dy = (x - left) / rx, (y - top) / ry
    box = (dx.abs() < 1) & (dy.abs() < 1)
    return torch.where(is_round > 0, dx * dx + dy * dy < 1, box)


def pixel_places(size, like):
    x, y = grid(size, like)
    return (2 * x + 1) / size - 1, (2 * y + 1) / size - 1


def occluded_pixels(faces, rows, size):
    """Pixels under the occluders of faces, [b, S, S]."""
    x, y = pixel_places(size, faces.table)
    return covers(faces, rows, x.expand(len(rows), -1, -1), y.expand(len(rows), -1, -1))


def painted(color, grain, noise):
    return (color + (grain * noise)[:, None]).clamp(0, 255)


def replace_surroundings(pixels, others, points, outline, faces, fields):
    """Another face's surroundings, or a colour, for the faces that are to be seen alone; `others` are views for them."""
    size = pixels.shape[-1]
    rows = faces.rows(faces.host["faceOnly"])
    if len(rows) == 0:
        return
    border = border_of(points[rows], outline, faces.get("forehead", rows), faces.get("grown", rows))
    color = painted(faces.color("", rows), faces.get("grain", rows), fields("surroundings", rows, size))
    around = torch.where(faces.get("replaced", rows)[:, None] > 0, others[rows], color)
    pixels[rows] = torch.where(inside(border, size)[:, None], pixels[rows], around)


def blur(pixels):
    """1-2-1 along rows, then along columns."""
    for across in ((0, 1), (1, 0)):
        x, y = across[1], across[0]
        wide = F.pad(pixels, (x, x, y, y), mode="replicate")
        before = wide[..., : pixels.shape[-2], : pixels.shape[-1]]
        after = wide[..., 2 * y :, 2 * x :]
        pixels = (before + 2 * pixels + after) / 4
    return pixels


def jitter_color(pixels, faces, index, fields):
    """Light, contrast, tint, saturation, grey, blur, noise and JPEG, in place."""
    for passes in (1, 2):
        rows = faces.rows(faces.host["blur"] >= passes)
        if len(rows):
            pixels[rows] = blur(pixels[rows])
    red, green, blue = pixels.unbind(1)
    grey = (0.299 * red + 0.587 * green + 0.114 * blue)[:, None]
    pixels.sub_(grey).mul_(faces.get("saturation")[:, None]).add_(grey)
    pixels.sub_(128).mul_(faces.color("gain", slice(None))).add_(faces.get("light")[:, None])
    rows = faces.rows(faces.host["noise"])
    if len(rows):
        pixels[rows] += (faces.get("noise", rows) * fields("noise", rows, pixels.shape[-1]))[:, None]
    pixels.clamp_(0, 255)
    rows = faces.rows(faces.host["quality"])
    if len(rows):
        steps = tables(index, faces.get("quality", rows)[:, 0, 0], pixels.device)
        pixels[rows] = compress(pixels[rows], steps)


def occlude(pixels, faces, fields):
    """Paints ellipses and rectangles, in place."""
    size = pixels.shape[-1]
    rows = faces.rows(faces.host["occluded"])
    if len(rows) == 0:
        return
    cover = painted(faces.color("cover", rows), faces.get("coverGrain", rows), fields("occluder", rows, size))
    pixels[rows] = torch.where(occluded_pixels(faces, rows, size)[:, None], cover, pixels[rows])
