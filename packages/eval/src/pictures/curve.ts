import { LARGEST_ERROR } from '../judges/landmarks.js';
import { percentAxes } from './axes.js';
import { ACCENT, DIM, line, path, picture, words } from './svg.js';

/** The widest error that is drawn. */
const MOST = 0.2;

/**
 * The cumulative error curve of landmarks: which share of the faces has at most which error.
 * @param errors normalised mean errors, ascending
 */
export function errorCurve(errors: readonly number[]): string {
  const axes = percentAxes({
    left: 60,
    top: 60,
    width: 440,
    height: 280,
    xMost: MOST,
    yMost: 1,
    xTitle: 'mean error / distance of the outer eye corners',
    yTitle: 'share of faces with at most this error',
  });
  const steps = errors.flatMap((error, i): [number, number][] =>
    error > MOST
      ? []
      : [
          [axes.x(error), axes.y(i / errors.length)],
          [axes.x(error), axes.y((i + 1) / errors.length)],
        ],
  );
  const reached = errors.filter((error) => error <= MOST).length / errors.length;
  const bound = axes.x(LARGEST_ERROR);
  return picture(`Landmarks: cumulative error of ${errors.length} faces`, 540, 400, [
    ...axes.parts,
    line(bound, axes.y(0), bound, axes.y(1), DIM, true),
    words(bound + 6, axes.y(0.04), '8 %: failures beyond', { size: 11, fill: DIM }),
    path([[axes.x(0), axes.y(0)], ...steps, [axes.x(MOST), axes.y(reached)]], ACCENT),
  ]);
}
