import { importTypeScript } from '../typescript.mjs';
import { deviates, rootMeanSquare } from './film.mjs';

const { createFilter } = await importTypeScript('packages/core/src/stream/filter.ts');

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

const ours = () => createFilter({ noise: SIGMA, leastNoise: SIGMA / 20, independent: 12 });

/** The One-Euro filter, for comparison: a low pass whose cutoff in Hz grows with the speed. */
function oneEuro(cutoff, slope) {
  const share = (hertz, dt) => 1 / (1 + 1 / (2 * Math.PI * hertz * dt));
  let value;
  let speed = 0;
  let last;
  return {
    step([measured], dt) {
      speed += share(1, dt) * ((measured - (last ?? measured)) / dt - speed);
      last = measured;
      value ??= measured;
      value += share(cutoff + slope * Math.abs(speed), dt) * (measured - value);
      return [value];
    },
  };
}

function run(path, count, seed, newFilter = ours) {
  const random = deviates(seed);
  const filter = newFilter();
  const measured = [];
  const filtered = [];
  for (let i = 0; i < FRAMES; i++) {
    const values = Array.from({ length: count }, () => path(i / FPS) + SIGMA * random());
    measured.push(values[0]);
    filtered.push(filter.step(values, 1 / FPS)[0]);
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

/** Jitter and lag of a filter against known paths; median and worst of 20 films of 30 seconds. */
function judge(count, newFilter) {
  const times = sorted(
    seeds.map((seed) => {
      const { measured, filtered } = run(() => 0.3, count, seed, newFilter);
      return jitter(measured) / jitter(filtered);
    }),
  );
  const lags = Object.entries(PATHS).map(([name, path]) => {
    const delays = seeds.map((seed) => Math.abs(lag(run(path, count, seed, newFilter).filtered, path)));
    const [median, worst] = [sorted(delays)[FILMS >> 1], Math.max(...delays)];
    return [name, { median: round(median), worst: round(worst) }];
  });
  return {
    'jitter, times less': { median: round(times[FILMS >> 1]), worst: round(times[0]) },
    'lag in frames': Object.fromEntries(lags),
  };
}

/** Ours for as many numbers as landmarks, attributes, labels, angles and one; One-Euro for one. */
export const synthetic = () => ({
  ...Object.fromEntries([136, 40, 7, 3, 1].map((count) => [`${count} numbers`, judge(count, ours)])),
  ...Object.fromEntries(
    [
      [0.4, 2],
      [0.4, 20],
      [1, 5],
    ].map(([cutoff, slope]) => [
      `One-Euro, cutoff ${cutoff} Hz, slope ${slope}`,
      judge(1, () => oneEuro(cutoff, slope)),
    ]),
  ),
});
