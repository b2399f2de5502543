import { type Box, type Point, wrapDegrees } from '../image/geometry.js';

/** A box, and the roll of the face in it in degrees, where the detector knows it. */
export interface Followed {
  readonly box: Box;
  readonly roll: number | undefined;
}

/** Where a face was when both its box and its anchors were known. */
export interface Reference extends Followed {
  readonly anchors: readonly Point[];
}

/** With fewer points, a change of size or roll could not be told from a change of shape. */
const FEWEST = 3;

/** Largest residual of the fit (root mean square, relative to the size): no head turns further within a few frames. */
const MOST_RESIDUAL = 0.35;

/** The reference of a box; undefined when the anchors cannot be used to follow it. */
export const referTo = ({ box, roll }: Followed, anchors: readonly Point[]): Reference | undefined =>
  anchors.length >= FEWEST && anchors.every(({ x, y }) => Number.isFinite(x + y)) && spread(anchors) > 0
    ? { box, roll, anchors }
    : undefined;

/**
 * The box, moved, scaled and turned by the least squares fit of the anchors to where they are now; undefined when the fit is so
 * poor that they are no longer those of the same face.
 */
export function followAnchors(
  { box, roll, anchors }: Reference,
  found: readonly Point[],
): Followed | undefined {
  if (found.length !== anchors.length || !found.every(({ x, y }) => Number.isFinite(x + y))) return undefined;
  const [from, to] = [mean(anchors), mean(found)];
  let product = 0;
  let cross = 0;
  let square = 0;
  anchors.forEach((anchor, i) => {
    const [ax, ay] = [anchor.x - from.x, anchor.y - from.y];
    const [bx, by] = [found[i]!.x - to.x, found[i]!.y - to.y];
    product += ax * bx + ay * by;
    cross += ax * by - ay * bx;
    square += ax * ax + ay * ay;
  });
  const [cos, sin] = [product / square, cross / square]; // times the scale
  const scale = Math.hypot(cos, sin);
  if (!(scale > 0.5 && scale < 2)) return undefined;
  const moved = ({ x, y }: Point): Point => ({
    x: to.x + cos * (x - from.x) - sin * (y - from.y),
    y: to.y + sin * (x - from.x) + cos * (y - from.y),
  });
  const residual = anchors.reduce((sum, anchor, i) => {
    const { x, y } = moved(anchor);
    return sum + (found[i]!.x - x) ** 2 + (found[i]!.y - y) ** 2;
  }, 0);
  if (Math.sqrt(residual / square) > MOST_RESIDUAL * scale) return undefined;
  const middle = moved({ x: box.x + box.width / 2, y: box.y + box.height / 2 });
  const [width, height] = [box.width * scale, box.height * scale];
  const turn = (Math.atan2(sin, cos) * 180) / Math.PI;
  return {
    box: { x: middle.x - width / 2, y: middle.y - height / 2, width, height },
    roll: roll === undefined ? undefined : wrapDegrees(roll + turn),
  };
}

const mean = (points: readonly Point[]): Point => ({
  x: points.reduce((sum, { x }) => sum + x, 0) / points.length,
  y: points.reduce((sum, { y }) => sum + y, 0) / points.length,
});

const spread = (points: readonly Point[]): number => {
  const middle = mean(points);
  return points.reduce((sum, { x, y }) => sum + Math.hypot(x - middle.x, y - middle.y), 0);
};
