import type { Box } from '@facexformer/core';

/**
 * Where the face's training frame lies in the images of each set, as shares of the image: a square of 1.73 times the
 * longer side of the box of the 68 points, its centre raised by 0.24 of it. Medians over the train splits' teacher
 * points (docs/decisions/0010); FER2013's images are tighter than the frame by a third and have no teacher points.
 */
const FRAMES: Readonly<Record<string, { readonly x: number; readonly y: number; readonly side: number }>> = {
  utkface: { x: 0.498, y: 0.371, side: 1.504 },
  celeba: { x: 0.503, y: 0.481, side: 0.654 },
  celebamask: { x: 0.506, y: 0.531, side: 0.959 },
  landmarks68: { x: 0.502, y: 0.373, side: 0.955 },
  fer2013: { x: 0.5, y: 0.44, side: 4 / 3 },
};

/** The fixed square of a set, as shares of its images; undefined for sets that we know nothing about. */
export function placeOf(set: string): Box | undefined {
  const frame = FRAMES[set];
  return (
    frame && {
      x: frame.x - frame.side / 2,
      y: frame.y - frame.side / 2,
      width: frame.side,
      height: frame.side,
    }
  );
}
