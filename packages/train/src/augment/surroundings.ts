import { paint, pixelsWhere } from './occlude.js';

type Point = readonly [number, number];

/**
 * Replaces all but the face itself, so that hair, clothes and place cannot tell what the face should: from the jaw to a
 * forehead of random height, so that a fringe is hidden now and then. The outline keeps a random distance: where it
 * runs shall not give the points away.
 * @param points 68 points in -1..1 of the view
 * @param other view of another face, framed alike, that lends its surroundings; without it they are painted over
 */
export function replaceSurroundings(
  view: Float32Array,
  points: Float32Array,
  size: number,
  draw: () => number,
  other?: Float32Array,
): void {
  const outline = outlineOf(points, 0.1 + 0.3 * draw(), 1 + 0.15 * draw());
  const around = (x: number, y: number): boolean => !inside(outline, x, y);
  if (!other) {
    paint(view, size, draw, around);
    return;
  }
  for (const i of pixelsWhere(size, around)) {
    for (let at = i; at < view.length; at += size * size) view[at] = other[at]!;
  }
}

/**
 * The jaw from one ear to the other, then the brows, each moved off the chin by `forehead` of its distance to it; all
 * of it grown about the bridge of the nose.
 */
function outlineOf(points: Float32Array, forehead: number, grown: number): readonly Point[] {
  const at = (i: number): Point => [points[2 * i]!, points[2 * i + 1]!];
  const away = ([x, y]: Point, [fromX, fromY]: Point, factor: number): Point => [
    fromX + factor * (x - fromX),
    fromY + factor * (y - fromY),
  ];
  const jaw = Array.from({ length: 17 }, (_, i) => at(i));
  const hairline = Array.from({ length: 10 }, (_, i) => away(at(26 - i), at(8), 1 + forehead));
  return [...jaw, ...hairline].map((point) => away(point, at(27), grown));
}

/** Whether a polygon holds a point: a ray from it crosses an odd number of sides. */
function inside(polygon: readonly Point[], x: number, y: number): boolean {
  let odd = false;
  polygon.forEach(([ax, ay], i) => {
    const [bx, by] = polygon[(i + 1) % polygon.length]!;
    if (ay > y !== by > y && x < ax + ((bx - ax) * (y - ay)) / (by - ay)) odd = !odd;
  });
  return odd;
}
