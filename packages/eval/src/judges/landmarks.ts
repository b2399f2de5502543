import type { Landmarks } from '@facexformer/tasks';
import { type Judge, share, total } from './judge.js';

/** Outer corners of the eyes in iBUG order. */
const EYE_CORNERS = [36, 45] as const;

/** The error up to which the curve is integrated, and beyond which a face is a failure. */
export const LARGEST_ERROR = 0.08;

/**
 * 68 landmarks, the protocol of 300W: mean distance over all points divided by the distance of the true outer eye
 * corners (`landmarks.nme`, a fraction). `landmarks.auc8` is the area under the cumulative curve up to 0.08, divided by
 * 0.08, `landmarks.failure8` the share of faces beyond it. Of an empirical distribution the area is exactly the mean of
 * max(0, 1 - error / 0.08).
 */
export const judgeLandmarks: Judge = {
  task: 'landmarks',
  judge({ result }, { points }) {
    if (!points) return undefined;
    const error = normalizedMeanError((result as Landmarks).points, points);
    if (error === undefined) return undefined;
    const area = Math.max(0, 1 - error / LARGEST_ERROR);
    return { sums: Float64Array.of(1, error, area, Number(error > LARGEST_ERROR)) };
  },
  figures(verdicts) {
    const [n, error, area, failures] = total(verdicts, 4) as unknown as [number, number, number, number];
    return {
      ...share('landmarks.nme', error, n),
      ...share('landmarks.auc8', area, n),
      ...share('landmarks.failure8', failures, n),
    };
  },
};

/** Mean distance to `truth` (x0, y0, ...) over the distance of its outer eye corners; undefined when they coincide. */
export function normalizedMeanError(
  points: readonly { readonly x: number; readonly y: number }[],
  truth: readonly number[],
): number | undefined {
  const [left, right] = EYE_CORNERS.map((i) => [truth[2 * i]!, truth[2 * i + 1]!] as const);
  const apart = Math.hypot(left![0] - right![0], left![1] - right![1]);
  if (apart === 0) return undefined;
  const sum = points.reduce(
    (all, { x, y }, i) => all + Math.hypot(x - truth[2 * i]!, y - truth[2 * i + 1]!),
    0,
  );
  return sum / points.length / apart;
}
