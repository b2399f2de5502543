import { describe, expect, it } from 'vitest';
import { createFilter } from '../../src/stream/filter.js';

const FPS = 30;
const SIGMA = 0.01;
const settings = { noise: 0.01, leastNoise: 0.0005, independent: 12 };

/** Normal deviates, the same on every machine. */
function deviates(seed: number): () => number {
  let state = seed;
  const uniform = () => {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), 1 | state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
  return () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
}

const rootMeanSquare = (values: readonly number[]): number =>
  Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);

/** Values of a noisy path, as measured and as filtered. */
function run(path: (seconds: number) => number, count: number, frames = 900) {
  const filter = createFilter(settings);
  const random = deviates(7);
  const measured: number[] = [];
  const filtered: number[] = [];
  for (let frame = 0; frame < frames; frame++) {
    const values = Array.from({ length: count }, () => path(frame / FPS) + SIGMA * random());
    measured.push(values[0]!);
    filtered.push(filter.step(values, 1 / FPS)[0]!);
  }
  return { measured, filtered };
}

/** Root mean square of the change from one frame to the next, after two seconds. */
const jitter = (values: readonly number[]): number =>
  rootMeanSquare(values.slice(61).map((value, i) => value - values[60 + i]!));

/** The delay, in frames, at which the true path fits the filtered one best. */
function lag(filtered: readonly number[], path: (seconds: number) => number): number {
  let [best, least] = [0, Number.POSITIVE_INFINITY];
  for (let delay = -3; delay <= 15; delay += 0.05) {
    const error = rootMeanSquare(filtered.slice(60).map((value, i) => value - path((i + 60 - delay) / FPS)));
    if (error < least) [best, least] = [delay, error];
  }
  return best;
}

describe('createFilter', () => {
  it.each([136, 3, 1])('quietens a still face of %i numbers at least 5 times', (count) => {
    const { measured, filtered } = run(() => 0.3, count, 1800);
    expect(jitter(measured) / jitter(filtered)).toBeGreaterThan(5);
  });

  it.each([
    ['a slow nod', (t: number) => 0.1 * Math.sin(2 * Math.PI * 0.2 * t)],
    ['a nod', (t: number) => 0.2 * Math.sin(2 * Math.PI * 0.5 * t)],
    ['a shaken head', (t: number) => 0.2 * Math.sin(2 * Math.PI * 1.5 * t)],
    ['a slow walk', (t: number) => 0.1 * t],
    ['a walk', (t: number) => t],
  ])('is less than a frame late for %s', (_, path) => {
    for (const count of [136, 3]) expect(Math.abs(lag(run(path, count).filtered, path))).toBeLessThan(1);
  });

  it('catches up at once when a face that was still jumps', () => {
    const { filtered } = run((t) => (t < 10 ? 0 : 0.5), 136);
    expect(Math.abs(filtered[300]! - 0.5)).toBeLessThan(0.05);
  });

  it('follows a label that changes within 2 frames, and does not flicker between two', () => {
    const { filtered } = run((t) => (t < 10 ? 0.2 : 0.8), 2);
    expect(filtered[301]!).toBeGreaterThan(0.6);
    const even = run(() => 0.5, 2);
    const flips = (values: readonly number[]) =>
      values.slice(61).filter((value, i) => value > 0.5 !== values[60 + i]! > 0.5).length;
    expect(flips(even.filtered) * 5).toBeLessThan(flips(even.measured));
  });
});
