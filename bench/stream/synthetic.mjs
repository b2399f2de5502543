import { fileURLToPath } from 'node:url';
import { importTypeScript } from '../typescript.mjs';
import { deviates, rootMeanSquare } from './film.mjs';

const filter = new URL('../../packages/core/src/stream/filter.ts', import.meta.url);
const { createFilter } = await importTypeScript(fileURLToPath(filter));

const FPS = 30;
const FRAMES = 900;
const SIGMA = 0.01;
const FILMS = 20;

/** Paths of a face, in widths of the face. */
const PATHS = {
  'sway 0.2 Hz, 0.1': (t) => 0.1 * Math.sin(2 * Math.PI * 0.2 * t),
  'sway 0.5 Hz, 0.2': (t) => 0.2 * Math.sin(2 * Math.PI * 0.5 * t),
  'sway 1.5 Hz, 0.2': (t) => 0.2 * Math.sin(2 * Math.PI * 1.5 * t),
  'walk, 0.1 a second': (t) => 0.1 * t,
  'walk, 1 a second': (t) => t,
};

function run(path, count, seed) {
  const random = deviates(seed);
  const step = createFilter({ noise: SIGMA, leastNoise: SIGMA / 20, independent: 12 });
  const measured = [];
  const filtered = [];
  for (let i = 0; i < FRAMES; i++) {
    const values = Array.from({ length: count }, () => path(i / FPS) + SIGMA * random());
    measured.push(values[0]);
    filtered.push(step.step(values, 1 / FPS)[0]);
  }
  return { measured, filtered };
}

const jitter = (values) => rootMeanSquare(values.slice(61).map((value, i) => value - values[60 + i]));

function lag(filtered, path) {
  let best = { delay: 0, error: Number.POSITIVE_INFINITY };
  for (let delay = -3; delay <= 15; delay += 0.05) {
    const error = rootMeanSquare(filtered.slice(60).map((value, i) => value - path((i + 60 - delay) / FPS)));
    if (error < best.error) best = { delay, error };
  }
  return best.delay;
}

const seeds = Array.from({ length: FILMS }, (_, i) => i + 1);
const sorted = (values) => [...values].sort((a, b) => a - b);
const round = (value) => Math.round(value * 1e5) / 1e5;

/** Jitter and lag against known paths; median and worst of 20 films of 30 seconds. */
export function synthetic() {
  return Object.fromEntries(
    [136, 40, 7, 3, 1].map((count) => {
      const times = sorted(
        seeds.map((seed) => {
          const { measured, filtered } = run(() => 0.3, count, seed);
          return jitter(measured) / jitter(filtered);
        }),
      );
      const lags = Object.entries(PATHS).map(([name, path]) => {
        const delays = sorted(seeds.map((seed) => Math.abs(lag(run(path, count, seed).filtered, path))));
        return [name, { median: round(delays[FILMS >> 1]), worst: round(delays.at(-1)) }];
      });
      return [
        `${count} numbers`,
        {
          'jitter, times less': { median: round(times[FILMS >> 1]), worst: round(times[0]) },
          'lag in frames': Object.fromEntries(lags),
        },
      ];
    }),
  );
}
