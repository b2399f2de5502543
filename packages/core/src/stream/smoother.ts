import type { FaceXFormerError } from '../base/errors.js';
import { resultOf } from '../face/changed-face.js';
import type { Face, TaskErrors } from '../face/face.js';
import type { Box } from '../image/geometry.js';
import { attempt } from '../task/attempt.js';
import type { SmoothUnit } from '../task/smooth.js';
import type { Task } from '../task/task.js';
import { createFilter, type Filter, type FilterSettings } from './filter.js';
import { sizeOfBox } from './motion.js';

/**
 * Smooths the box and the results of one face from frame to frame.
 * @param seconds since the face was seen last
 * @returns what of the face changes
 */
export type Smoother = (face: Face, box: Box, seconds: number) => SmoothedParts;

/** The smoothed box, results by task, and why tasks could not smooth theirs. */
export interface SmoothedParts extends Readonly<Record<string, unknown>> {
  readonly box: Box;
  readonly errors?: TaskErrors;
}

/** Time between two frames is taken to be at least this, in seconds. */
const SHORTEST = 0.001;

/** Smooths the box, and of the results the numbers that each task names; if that fails, the result stays as it is. */
export function createSmoother(tasks: readonly Task[]): Smoother {
  const smoothBox = smoothedNumbers('pixel');
  const steps = new Map(tasks.map((task) => [task.name, task.smooth && smoothedNumbers(task.smooth.unit)]));
  return (face, box, seconds) => {
    const dt = Math.max(seconds, SHORTEST);
    const size = sizeOfBox(box);
    const results: Record<string, unknown> = {};
    const errors: Record<string, FaceXFormerError> = {};
    for (const task of tasks) {
      const { name, smooth } = task;
      const [step, result] = [steps.get(name), resultOf(face, task)];
      if (!smooth || !step || result === undefined) continue;
      const outcome = attempt(name, 'smooth', () =>
        smooth.write(result, step(smooth.read(result), dt, size)),
      );
      if ('error' in outcome) errors[name] = outcome.error;
      else results[name] = outcome.result;
    }
    const failed = Object.keys(errors).length > 0 && { errors: { ...face.errors, ...errors } };
    return { ...results, ...failed, box: toBox(smoothBox(fromBox(box), dt, size)) };
  };
}

/** The assumptions for each unit; those for `pixel` are relative to the size of the face. */
const SETTINGS: Readonly<Record<SmoothUnit, FilterSettings>> = {
  pixel: { noise: 0.01, leastNoise: 0.0005, independent: 12 },
  degree: { noise: 1, leastNoise: 0.05, independent: 3 },
  probability: { noise: 0.02, leastNoise: 0.001, independent: 1 },
};

type Step = (values: readonly number[], seconds: number, size: number) => readonly number[];

function smoothedNumbers(unit: SmoothUnit): Step {
  let filter: Filter | undefined;
  let last: readonly number[] = [];
  return (values, seconds, size) => {
    if (!filter || values.length !== last.length) {
      const scale = unit === 'pixel' ? size : 1;
      const { noise, leastNoise, independent } = SETTINGS[unit];
      filter = createFilter({
        noise: noise * scale,
        leastNoise: leastNoise * scale,
        independent,
      });
      last = values;
    }
    if (unit === 'degree') {
      // Within the filter angles go on beyond a full turn; results are wrapped to -180..180.
      last = values.map((value, i) => last[i]! + wrapped(value - last[i]!));
      return filter.step(last, seconds).map(wrapped);
    }
    last = values;
    const smoothed = filter.step(values, seconds);
    return unit === 'probability' ? probable(smoothed, values) : smoothed;
  };
}

/** Clamps values to 0..1, and scales them to a sum of 1 if the measured ones had it. */
function probable(smoothed: readonly number[], measured: readonly number[]): readonly number[] {
  const bounded = smoothed.map((value) => Math.min(1, Math.max(0, value)));
  const isShared = Math.abs(sum(measured) - 1) < 1e-4;
  return isShared ? bounded.map((value) => value / sum(bounded)) : bounded;
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** The angle in -180..180. */
const wrapped = (degrees: number): number => degrees - 360 * Math.round(degrees / 360);

const fromBox = ({ x, y, width, height }: Box): readonly number[] => [
  x + width / 2,
  y + height / 2,
  width,
  height,
];

function toBox(values: readonly number[]): Box {
  const [x, y, width, height] = values as readonly [number, number, number, number];
  return { x: x - width / 2, y: y - height / 2, width, height };
}
