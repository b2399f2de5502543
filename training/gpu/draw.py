"""What is drawn at random for a face, in the order in which the trainer in Node draws it (packages/train/src/whole)."""

import math

OCCLUDED = 0.3
FACE_ONLY = 0.8
REPLACED = 0.7
HALF = 0.5 / 1.25  # of a tile: the frame as at inference

NAMES = (
    *("centreX", "centreY", "half", "angle", "mirrored"),
    *("faceOnly", "replaced", "forehead", "grown", "red", "green", "blue", "grain"),
    *("light", "saturation", "gainRed", "gainGreen", "gainBlue", "noise", "blur", "quality"),
    *("occluded", "x", "y", "rx", "ry", "round", "coverRed", "coverGreen", "coverBlue", "coverGrain"),
)


def draw_face(draw, strength, outlined, other, field):
    """Numbers of a face by name.

    `draw` gives numbers in 0..1; `outlined`: an answer is to be read from the face alone and its outline is known;
    `other`: there is a face whose surroundings may replace those of this one; `field(kind, face)` is called where Node
    draws a number for every pixel.
    """
    face = dict.fromkeys(NAMES, 0.0)

    def around():
        return strength * (draw() + draw() - 1)

    def often(share):
        return draw() < share * strength

    def paint(red, green, blue, grain, kind):
        face[red], face[green], face[blue] = 255 * draw(), 255 * draw(), 255 * draw()
        face[grain] = 120 if draw() < 0.5 else 10
        field(kind, face)

    face["centreX"] = 0.5 + 0.09 * around()
    face["centreY"] = 0.5 + 0.09 * around()
    face["half"] = HALF * math.exp(0.22 * around())
    face["angle"] = 0 if draw() < 0.2 else 0.45 * around()
    face["mirrored"] = draw() < 0.5
    if outlined and often(FACE_ONLY):
        face["faceOnly"] = True
        face["replaced"] = other and draw() < REPLACED
        face["forehead"] = 0.1 + 0.3 * draw()
        face["grown"] = 1 + 0.15 * draw()
        if not face["replaced"]:
            paint("red", "green", "blue", "grain", "surroundings")
    contrast = math.exp(0.35 * around())
    face["light"] = 128 + 45 * around()
    face["saturation"] = 0 if often(0.2) else math.exp(0.5 * around())
    for gain in ("gainRed", "gainGreen", "gainBlue"):
        face[gain] = contrast * math.exp(0.08 * around())
    if often(0.2):
        face["noise"] = 10 * draw()
    if often(0.2):
        face["blur"] = 1 + math.floor(2 * draw())
    if face["noise"]:
        field("noise", face)
    if often(0.15):
        face["quality"] = 15 + 60 * draw()
    if often(OCCLUDED):
        face["occluded"] = True
        face["x"], face["y"] = 1.6 * draw() - 0.8, 1.6 * draw() - 0.8
        face["rx"], face["ry"] = 0.1 + 0.35 * draw(), 0.1 + 0.35 * draw()
        face["round"] = draw() < 0.5
        paint("coverRed", "coverGreen", "coverBlue", "coverGrain", "occluder")
    return face
