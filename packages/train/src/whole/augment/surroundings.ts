import type { Point } from '@facexformer/core';
import type { FaceOutline } from '@facexformer/core/task';
import { paint, pixelsWhere } from './occlude.js';

/**
 * Replaces all but the face itself, so that hair, clothes and place cannot tell what the face should: from the jaw to a
 * forehead of random height, so that a fringe is hidden now and then. The distance to the outline is random, so that
 * the border does not reveal where the points are.
 * @param outline in -1..1 of the view
 * @param other view of another face, framed alike, whose surroundings take their place; without it they are painted over
 */
export function replaceSurroundings(
  view: Float32Array,
  outline: FaceOutline,
  size: number,
  draw: () => number,
  other?: Float32Array,
): void {
  const border = borderOf(outline, 0.1 + 0.3 * draw(), 1 + 0.15 * draw());
  const around = (place: Point): boolean => !inside(border, place);
  if (!other) {
    paint(view, size, draw, around);
    return;
  }
  for (const i of pixelsWhere(size, around)) {
    for (let at = i; at < view.length; at += size * size) view[at] = other[at]!;
  }
}

/**
 * The jaw, then the brows, each moved off the chin by `forehead` of its distance to it; all of it grown about the bridge
 * of the nose.
 */
function borderOf(
  { jaw, brows, chin, bridge }: FaceOutline,
  forehead: number,
  grown: number,
): readonly Point[] {
  const away = ({ x, y }: Point, from: Point, factor: number): Point => ({
    x: from.x + factor * (x - from.x),
    y: from.y + factor * (y - from.y),
  });
  const hairline = brows.map((brow) => away(brow, chin, 1 + forehead));
  return [...jaw, ...hairline].map((point) => away(point, bridge, grown));
}

/** Whether a polygon holds a point: a ray from it crosses an odd number of sides. */
function inside(polygon: readonly Point[], { x, y }: Point): boolean {
  let odd = false;
  polygon.forEach((a, i) => {
    const b = polygon[(i + 1) % polygon.length]!;
    if (a.y > y !== b.y > y && x < a.x + ((b.x - a.x) * (y - a.y)) / (b.y - a.y)) odd = !odd;
  });
  return odd;
}
