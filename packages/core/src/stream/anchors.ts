import type { Box, Point } from '../image/geometry.js';

/** Where a face was when both its box and its anchors were known. */
export interface Reference {
  readonly box: Box;
  readonly anchors: readonly Point[];
}

/** With fewer points, a change of size could not be told from a change of shape. */
const FEWEST = 3;

/** Largest residual of the fit (root mean square, relative to the size): no head turns further within a few frames. */
const MOST_RESIDUAL = 0.35;

/** The reference of a box; undefined when the anchors cannot be used to follow it. */
export const referTo = (box: Box, anchors: readonly Point[]): Reference | undefined =>
  anchors.length >= FEWEST && anchors.every(({ x, y }) => Number.isFinite(x + y)) && spread(anchors) > 0
    ? { box, anchors }
    : undefined;

/**
 * The box, moved and scaled by the least squares fit of the anchors to where they are now; undefined when the fit is so
 * poor that they are no longer those of the same face.
 */
export function followAnchors({ box, anchors }: Reference, found: readonly Point[]): Box | undefined {
  if (found.length !== anchors.length || !found.every(({ x, y }) => Number.isFinite(x + y))) return undefined;
  const [from, to] = [mean(anchors), mean(found)];
  let product = 0;
  let square = 0;
  anchors.forEach((anchor, i) => {
    const [ax, ay] = [anchor.x - from.x, anchor.y - from.y];
    product += ax * (found[i]!.x - to.x) + ay * (found[i]!.y - to.y);
    square += ax * ax + ay * ay;
  });
  const scale = product / square;
  if (!(scale > 0.5 && scale < 2)) return undefined;
  const residual = anchors.reduce((sum, anchor, i) => {
    const x = found[i]!.x - to.x - scale * (anchor.x - from.x);
    const y = found[i]!.y - to.y - scale * (anchor.y - from.y);
    return sum + x * x + y * y;
  }, 0);
  if (Math.sqrt(residual / square) > MOST_RESIDUAL * scale) return undefined;
  return {
    x: to.x + scale * (box.x - from.x),
    y: to.y + scale * (box.y - from.y),
    width: box.width * scale,
    height: box.height * scale,
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
