import type { Face } from '../analyzer/face.js';
import type { Box } from '../image/geometry.js';
import type { SmoothUnit } from '../task/smooth.js';
import type { Task } from '../task/task.js';
import { createFilter, type Filter } from './filter.js';
import { sizeOfBox } from './motion.js';

/** Smooths the results of one face from frame to frame. */
export type Smoother = <F extends Face>(face: F, seconds: number) => F;

/** Shortest time between two frames that is believed, in seconds. */
const SHORTEST = 0.001;

/** Smooths the box and whatever the tasks say of their results; a result that is missing starts anew later. */
export function createSmoother(tasks: readonly Task[]): Smoother {
  const smoothBox = smoothedNumbers('pixel');
  const smoothTask = new Map(
    tasks.map((task) => [task.name, task.smooth && smoothedNumbers(task.smooth.unit)]),
  );
  return (face, seconds) => {
    const dt = Math.max(seconds, SHORTEST);
    const size = sizeOfBox(face.box);
    const results = face as Face & Readonly<Record<string, unknown>>;
    const smoothed = tasks.flatMap((task): [string, unknown][] => {
      const [smooth, step, result] = [task.smooth, smoothTask.get(task.name), results[task.name]];
      if (!smooth || !step || result === undefined) return [];
      return [[task.name, smooth.write(result, step(smooth.read(result), dt, size))]];
    });
    const box = toBox(smoothBox(fromBox(face.box), dt, size));
    return { ...face, ...Object.fromEntries(smoothed), box };
  };
}

/** What noise is expected of a unit: `pixel` relative to the size of the face. */
const NOISE: Readonly<Record<SmoothUnit, { readonly noise: number; readonly leastNoise: number }>> = {
  pixel: { noise: 0.01, leastNoise: 0.0005 },
  degree: { noise: 1, leastNoise: 0.05 },
  probability: { noise: 0.02, leastNoise: 0.001 },
};

type Step = (values: readonly number[], seconds: number, size: number) => readonly number[];

function smoothedNumbers(unit: SmoothUnit): Step {
  let filter: Filter | undefined;
  let last: readonly number[] = [];
  return (values, seconds, size) => {
    if (!filter || values.length !== last.length) {
      const scale = unit === 'pixel' ? size : 1;
      const { noise, leastNoise } = NOISE[unit];
      filter = createFilter({
        trend: unit !== 'probability',
        noise: noise * scale,
        leastNoise: leastNoise * scale,
      });
      last = values;
    }
    if (unit !== 'degree') {
      last = values;
      return filter.step(values, seconds);
    }
    // Angles go on beyond a turn within the filter, and come back to -180..180.
    last = values.map((value, i) => last[i]! + turned(value - last[i]!));
    return filter.step(last, seconds).map(turned);
  };
}

/** An angle in -180..180. */
const turned = (degrees: number): number => degrees - 360 * Math.round(degrees / 360);

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
