import type { Box } from '@facexformer/core';

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
