"""What a random view does to the targets of a face; the kinds are those of moves.ts."""

import math

import torch

from augment import covers, move

UNKNOWN = 255


def move_points(task, points, matrix, mirrored, size):
    """Points [B, 2 K] in tile pixels to places [B, K, 2] in -1..1 of the view."""
    x, y = points.unflatten(1, (-1, 2)).unbind(-1)
    places = torch.stack(move(matrix, x, y), -1)
    swapped = places[:, task["mirrored"]]
    places = torch.where(mirrored[:, None, None] > 0, swapped, places)
    return (2 * places + 1) / size - 1


def move_pose(task, degrees, angle, mirrored):
    """Yaw, pitch and roll [B, 3] in degrees to targets: R = Rz(turn) Rx(pitch) Ry(yaw) Rz(roll), perhaps mirrored."""
    yaw, pitch, roll = (degrees * (math.pi / 180)).unbind(1)
    turn = -angle
    cp, sp, cy, sy = pitch.cos(), pitch.sin(), yaw.cos(), yaw.sin()
    cr, sr, ct, st = roll.cos(), roll.sin(), turn.cos(), turn.sin()
    first = (cy * cr, cy * sr, -sy)
    second = (sp * sy * cr - cp * sr, cp * cr + sp * sy * sr, sp * cy)
    a, b, c = (ct * i + st * j for i, j in zip(first, second))
    d = ct * second[2] - st * first[2]
    side = 1 - 2 * mirrored
    moved = torch.stack([side * (-c).clamp(-1, 1).asin(), torch.atan2(d, cp * cy), side * torch.atan2(b, a)], 1)
    matrix = torch.tensor(task["encode"], device=degrees.device, dtype=torch.float32)
    return moved * (180 / math.pi) @ matrix.T


def move_mask(task, masks, back, mirrored, faces, rows, size, shape):
    """Classes uint8 [b, side, side] to planes [b, classes, height, width] of 0 and 1, all 0 where unknown.

    Nearest neighbour in double precision, as in Node; `back` and `mirrored` are of the rows `rows` of the batch.
    """
    classes, height, width = shape
    side = masks.shape[-1]
    column, row = (seen_pixels(count, size, back) for count in (width, height))
    x, y = column.expand(1, height, width), row[:, None].expand(1, height, width)
    at, down = (place.add(0.5).floor().long() for place in move(back, x, y))
    known = (at >= 0) & (down >= 0) & (at < side) & (down < side)
    places = down.clamp(0, side - 1) * side + at.clamp(0, side - 1)
    seen = masks.flatten(1).gather(1, places.flatten(1)).view(places.shape).long()
    known &= seen != UNKNOWN
    x, y = ((2 * place.float() + 1) / size - 1 for place in (x, y))
    known &= ~covers(faces, rows, x.expand_as(at), y.expand_as(at)) | (faces.get("occluded", rows) == 0)
    swapped = torch.tensor(task["mirrored"], device=masks.device)
    seen = torch.where(known, seen, 0)
    seen = torch.where(mirrored[:, None, None] > 0, swapped[seen], seen)
    return one_hot(seen, classes) * known[:, None]


def seen_pixels(count, size, like):
    """The view's pixels at the centres of `count` cells."""
    cell = torch.arange(count, device=like.device, dtype=like.dtype)
    return (((2 * cell + 1) * size / count - 1) / 2 + 0.5).floor()


def one_hot(classes, count):
    return torch.nn.functional.one_hot(classes, count).movedim(-1, 1).float()


def hidden_places(task, points, faces):
    """Whether places that follow from points [B, K, 2] are painted over, [B, places]."""
    places = torch.tensor(task["places"], device=points.device, dtype=torch.float32) @ points
    hidden = torch.zeros(places.shape[:2], device=points.device)
    rows = faces.rows(faces.host["occluded"])
    if len(rows):
        hidden[rows] = covers(faces, rows, *places[rows].unbind(-1)).float()
    return hidden
