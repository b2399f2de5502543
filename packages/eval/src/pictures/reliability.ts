import type { Calibration, ReliabilityBin } from '../statistics/calibration.js';
import { percentAxes } from './axes.js';
import { ACCENT, box, DIM, dot, line, picture, SECOND, SMALL, words } from './svg.js';

const SIDE = 220;
const LEFT = 60;
const TOP = 90;
const PANEL = SIDE + 80;

/** How often a head is right at each confidence, as it is and with its temperature; calibrated bars end on the diagonal. */
export function reliabilityPicture(title: string, { before, after, temperature, n }: Calibration): string {
  const panel = (
    index: number,
    name: string,
    error: number,
    bins: readonly ReliabilityBin[],
    color: string,
  ) => {
    const left = LEFT + index * PANEL;
    const axes = percentAxes({
      left,
      top: TOP,
      width: SIDE,
      height: SIDE,
      xMost: 1,
      yMost: 1,
      xTitle: 'confidence',
      yTitle: `${name}: ECE ${(100 * error).toFixed(1)} %`,
    });
    const most = Math.max(...bins.map(({ count }) => count));
    const bars = bins.flatMap(({ count, accuracy, confidence }, i) => {
      if (count === 0) return [];
      const from = axes.x(i / bins.length);
      const width = SIDE / bins.length - 2;
      const height = axes.y(0) - axes.y(accuracy);
      const strength = 0.25 + 0.65 * Math.sqrt(count / most);
      return [
        box(from + 1, axes.y(accuracy), width, height, color, strength),
        dot(axes.x(confidence), axes.y(accuracy), color),
      ];
    });
    return [...axes.parts, ...bars, line(axes.x(0), axes.y(0), axes.x(1), axes.y(1), DIM, true)];
  };
  return picture(`${title}: how far its confidence can be trusted`, LEFT + 2 * PANEL - 40, TOP + SIDE + 56, [
    words(14, 44, `${n} faces; bars: share of right answers, darker: more of them`, SMALL),
    ...panel(0, 'as it is', before.error, before.bins, ACCENT),
    ...panel(1, `temperature ${temperature.toFixed(2)}`, after.error, after.bins, SECOND),
  ]);
}
