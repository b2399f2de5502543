/** A square of an image, in the image's pixel coordinates (0 is the centre of the first pixel). */
export interface Frame {
  readonly centreX: number;
  readonly centreY: number;
  readonly side: number;
}

/**
 * The one framing of a face that all sets share: a square of 1.73 times the longer side of the box of the 68 points,
 * its centre 0.24 of that length above the box's centre. It holds the face from chin to forehead and most of the
 * hair; what of the hair lies outside cannot be judged.
 */
const SIDE = 1.73;
const RAISE = 0.24;

/** Frames 68 points, x0, y0, x1, y1, ... */
export function frameOfPoints(points: readonly number[]): Frame {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < points.length; i += 2) {
    left = Math.min(left, points[i]!);
    right = Math.max(right, points[i]!);
    top = Math.min(top, points[i + 1]!);
    bottom = Math.max(bottom, points[i + 1]!);
  }
  const extent = Math.max(right - left, bottom - top);
  return { centreX: (left + right) / 2, centreY: (top + bottom) / 2 - RAISE * extent, side: SIDE * extent };
}

/**
 * Frames a YuNet box [x1, y1, x2, y2], which reaches from chin to hairline. Its longer side is 1 / 0.77 of that of
 * the points' box, whose centre lies 0.18 of the latter below (medians over `pseudo.jsonl`).
 */
export function frameOfDetection([x1, y1, x2, y2]: readonly [number, number, number, number]): Frame {
  const extent = 0.77 * Math.max(x2 - x1, y2 - y1);
  return { centreX: (x1 + x2) / 2, centreY: (y1 + y2) / 2 + (0.18 - RAISE) * extent, side: SIDE * extent };
}

/** FER2013's 48 pixels are a tight crop from forehead to chin: the frame is a third larger and raised by 0.06. */
export const frameOfTightCrop = (size: number): Frame => ({
  centreX: (size - 1) / 2,
  centreY: (size - 1) / 2 - 0.06 * size,
  side: (size * 4) / 3,
});
