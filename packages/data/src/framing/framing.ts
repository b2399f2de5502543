import type { Box } from '@facexformer/core';
import { demand, having, OBJECT } from '@facexformer/core/arguments';
import { IBUG_POINTS } from '../conventions/classes.js';
import type { Sample } from '../sample/sample.js';

/** A square of a photo, in its pixels, (0, 0) being the centre of the top-left one. */
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

/** The frame of a face by its points, its box or where faces of its set are; undefined when nothing tells. */
export function frameOf(sample: Sample): Frame | undefined {
  const { labels, box, place, size } = demand(
    sample,
    having('a sample { labels }', { labels: OBJECT }),
    'frameOf: sample',
  );
  const { landmarks } = labels;
  if (Array.isArray(landmarks) && landmarks.length === 2 * IBUG_POINTS) return frameOfPoints(landmarks);
  if (box) return frameOfDetection(box);
  if (!place || !size) return undefined;
  return {
    centreX: (place.x + place.width / 2) * size.width - 0.5,
    centreY: (place.y + place.height / 2) * size.height - 0.5,
    side: Math.max(place.width * size.width, place.height * size.height),
  };
}

function frameOfPoints(points: readonly number[]): Frame {
  const [xs, ys] = [0, 1].map((axis) => points.filter((_, i) => i % 2 === axis)) as [number[], number[]];
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const extent = Math.max(right - left, bottom - top);
  return { centreX: (left + right) / 2, centreY: (top + bottom) / 2 - RAISE * extent, side: SIDE * extent };
}

/**
 * Frames a YuNet box, which reaches from chin to hairline. Its longer side is 1 / 0.77 of that of the points' box,
 * whose centre lies 0.18 of the latter below (medians over `pseudo.jsonl`).
 */
function frameOfDetection({ x, y, width, height }: Box): Frame {
  const extent = 0.77 * Math.max(width, height);
  return {
    centreX: x + width / 2 - 0.5,
    centreY: y + height / 2 - 0.5 + (0.18 - RAISE) * extent,
    side: SIDE * extent,
  };
}

/**
 * Where the frame of a face ({@link frameOf}) lies in the photos of each set, as shares of the photo. Medians over the
 * train splits' teacher points (docs/decisions/0010); FER's photos are tighter than the frame by a third and have none.
 */
const PLACES: Readonly<Record<string, { readonly x: number; readonly y: number; readonly side: number }>> = {
  utkface: { x: 0.498, y: 0.371, side: 1.504 },
  celeba: { x: 0.503, y: 0.481, side: 0.654 },
  celebamask: { x: 0.506, y: 0.531, side: 0.959 },
  landmarks68: { x: 0.502, y: 0.373, side: 0.955 },
  ferplus: { x: 0.5, y: 0.44, side: 4 / 3 },
};

/** The usual square of a set, as shares of its photos; undefined for sets that we know nothing about. */
export function placeOf(set: string): Box | undefined {
  if (!Object.hasOwn(PLACES, set)) return undefined;
  const { x, y, side } = PLACES[set]!;
  return { x: x - side / 2, y: y - side / 2, width: side, height: side };
}
