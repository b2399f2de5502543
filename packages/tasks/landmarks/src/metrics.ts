import type { Point } from '@facexformer/core';
import { type Metrics, share, total } from '@facexformer/core/task';
import { pointsOf } from './label.js';

/** Outer corners of the eyes in iBUG order. */
const EYE_CORNERS = [36, 45] as const;

/** The error up to which the curve is integrated, and beyond which a face is a failure. */
const LARGEST_ERROR = 0.08;

/**
 * The protocol of 300W: mean distance over all points divided by the distance of the true outer eye corners
 * (`landmarks.nme`, a fraction). `landmarks.auc8` is the area under the cumulative curve up to 0.08, divided by 0.08,
 * `landmarks.failure8` the share of faces beyond it. Of an empirical distribution the area is exactly the mean of
 * max(0, 1 - error / 0.08).
 */
export const metrics: Metrics<{ readonly points: readonly Point[] }> = {
  headlines: [
    {
      figure: 'landmarks.nme',
      title: 'landmarks, NME inter-ocular',
      unit: 'share',
      better: 'lower',
      audited: true,
    },
    { figure: 'landmarks.auc8', title: 'landmarks, AUC up to 8 %', unit: 'share', better: 'higher' },
    {
      figure: 'landmarks.failure8',
      title: 'landmarks, failures above 8 %',
      unit: 'share',
      better: 'lower',
    },
  ],
  judge({ result }, label) {
    const error = normalizedMeanError(result.points, pointsOf(label));
    if (error === undefined) return undefined;
    const area = Math.max(0, 1 - error / LARGEST_ERROR);
    return { sums: Float64Array.of(1, error, area, Number(error > LARGEST_ERROR)) };
  },
  figures(verdicts) {
    const [n = 0, error = 0, area = 0, failures = 0] = total(verdicts, 4);
    return {
      ...share('landmarks.nme', error, n),
      ...share('landmarks.auc8', area, n),
      ...share('landmarks.failure8', failures, n),
    };
  },
  curve: {
    title: 'mean error / distance of the outer eye corners',
    limit: LARGEST_ERROR,
    error: ({ sums }) => sums[1]!,
  },
};

/** Mean distance to `truth` over the distance of its outer eye corners; undefined when they coincide. */
export function normalizedMeanError(points: readonly Point[], truth: readonly Point[]): number | undefined {
  const [left, right] = EYE_CORNERS;
  const apart = distance(truth[left]!, truth[right]!);
  if (apart === 0) return undefined;
  return points.reduce((sum, point, i) => sum + distance(point, truth[i]!), 0) / points.length / apart;
}

const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);
