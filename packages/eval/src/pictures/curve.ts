import { percentAxes } from './axes.js';
import { ACCENT, DIM, line, path, picture, SMALL, words } from './svg.js';

/** A cumulative error curve: what is an error, beyond which limit a face is a failure, and the errors, ascending. */
export interface ErrorCurve {
  readonly title: string;
  readonly limit: number;
  readonly errors: readonly number[];
}

/** The widest error that is drawn, in limits. */
const MOST = 2.5;

/** Which share of the faces has at most which error. */
export function errorCurve(task: string, { title, limit, errors }: ErrorCurve): string {
  const most = MOST * limit;
  const axes = percentAxes({
    left: 60,
    top: 60,
    width: 440,
    height: 280,
    xMost: most,
    yMost: 1,
    xTitle: title,
    yTitle: 'share of faces with at most this error',
  });
  const steps = errors.flatMap((error, i): [number, number][] =>
    error > most
      ? []
      : [
          [axes.x(error), axes.y(i / errors.length)],
          [axes.x(error), axes.y((i + 1) / errors.length)],
        ],
  );
  const reached = errors.filter((error) => error <= most).length / errors.length;
  const bound = axes.x(limit);
  const name = `${Number((100 * limit).toPrecision(3))} %`;
  return picture(`${task}: cumulative error of ${errors.length} faces`, 540, 400, [
    ...axes.parts,
    line(bound, axes.y(0), bound, axes.y(1), DIM, true),
    words(bound + 6, axes.y(0.04), `${name}: failures beyond`, SMALL),
    path([[axes.x(0), axes.y(0)], ...steps, [axes.x(most), axes.y(reached)]], ACCENT),
  ]);
}
