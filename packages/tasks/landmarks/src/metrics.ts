import type { Point } from '@facexformer/core';
import { type Metrics, numberList, share, total } from '@facexformer/core/task';

const COUNT = 68;

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
    const error = normalizedMeanError(result.points, numberList('landmarks', label, 2 * COUNT));
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

/** Mean distance to `truth` (x0, y0, ...) over the distance of its outer eye corners; undefined when they coincide. */
export function normalizedMeanError(points: readonly Point[], truth: readonly number[]): number | undefined {
  const [left, right] = EYE_CORNERS.map((i) => [truth[2 * i]!, truth[2 * i + 1]!] as const);
  const apart = Math.hypot(left![0] - right![0], left![1] - right![1]);
  if (apart === 0) return undefined;
  const sum = points.reduce(
    (all, { x, y }, i) => all + Math.hypot(x - truth[2 * i]!, y - truth[2 * i + 1]!),
    0,
  );
  return sum / points.length / apart;
}
