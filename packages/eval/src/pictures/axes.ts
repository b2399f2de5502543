import { INK, line, SMALL, words } from './svg.js';

/** A plot's frame with ticks; `x` and `y` bring values to places. */
export interface Axes {
  readonly parts: readonly string[];
  x(value: number): number;
  y(value: number): number;
}

export interface AxesOptions {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** Both axes start at 0. */
  readonly xMost: number;
  readonly yMost: number;
  readonly xTitle: string;
  readonly yTitle: string;
}

const TICKS = 5;

/** Axes of percentages: 0 to `xMost` across, 0 to `yMost` upwards, both as shares. */
export function percentAxes(options: AxesOptions): Axes {
  const { left, top, width, height, xMost, yMost, xTitle, yTitle } = options;
  const x = (value: number): number => left + (value / xMost) * width;
  const y = (value: number): number => top + height - (value / yMost) * height;
  const percent = (value: number): string => `${Number((value * 100).toFixed(1))} %`;
  const steps = Array.from({ length: TICKS + 1 }, (_, i) => i / TICKS);
  const parts = [
    ...steps.flatMap((step) => [
      line(left, y(step * yMost), left + width, y(step * yMost)),
      words(left - 6, y(step * yMost), percent(step * yMost), { anchor: 'end', ...SMALL }),
      words(x(step * xMost), top + height + 12, percent(step * xMost), { anchor: 'middle', ...SMALL }),
    ]),
    line(left, top + height, left + width, top + height, INK),
    words(left + width / 2, top + height + 32, xTitle, { anchor: 'middle' }),
    words(left, top - 14, yTitle, { size: 12 }),
  ];
  return { parts, x, y };
}
