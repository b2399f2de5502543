import { answerOf, figuresOf } from '@facexformer/test-utils/answer';
import { expect, it } from 'vitest';
import { landmarks } from '../src/index.js';
import { pointsOf } from '../src/label.js';
import { normalizedMeanError } from '../src/metrics.js';

const indices = Array.from({ length: 68 }, (_, i) => i);
const truth = indices.flatMap((i) => [20 + i * 1.1, 30 + (i % 7) * 2]);

it('divides the mean distance by that of the outer eye corners (formulas.py)', () => {
  const points = indices.map((i) => ({
    x: truth[2 * i]! + 1.5 * Math.sin(i),
    y: truth[2 * i + 1]! + 1.5 * Math.cos(2 * i),
  }));
  expect(normalizedMeanError(points, pointsOf(truth))).toBeCloseTo(0.1363333551652316, 12);
});

it('integrates the cumulative curve up to 8 % and counts failures (formulas.py)', () => {
  const errors = [0.01, 0.025, 0.031, 0.04, 0.055, 0.079, 0.08, 0.12, 0.3];
  const apart = Math.hypot(truth[72]! - truth[90]!, truth[73]! - truth[91]!);
  const answers = errors.map((error) => {
    // unit coordinates of the true points moved to the right by `error` eye distances, on a 100 x 100 crop
    const raw = truth.map((value, i) => (2 * (value + (i % 2 ? 0 : error * apart)) + 1) / 100 - 1);
    return [answerOf(landmarks(), raw), truth] as const;
  });
  const figures = figuresOf(landmarks(), answers);
  expect(figures['landmarks.nme']).toBeCloseTo(errors.reduce((a, b) => a + b) / errors.length, 5);
  expect(figures['landmarks.auc8']).toBeCloseTo(0.33333338, 4);
  expect(figuresOf(landmarks(), answers.slice(0, 6))['landmarks.failure8']).toBe(0);
  expect(figuresOf(landmarks(), answers.slice(7))['landmarks.failure8']).toBe(1);
});

it('draws the curve of the same error that it averages', () => {
  const { metrics } = landmarks();
  const verdict = metrics!.judge(answerOf(landmarks(), new Array(136).fill(0)), truth)!;
  expect(metrics!.curve!.error(verdict)).toBe(metrics!.figures([verdict])['landmarks.nme']);
});

it('has no opinion when the eyes coincide, and refuses other numbers of points', () => {
  const answer = answerOf(landmarks(), new Array(136).fill(0));
  expect(figuresOf(landmarks(), [[answer, new Array(136).fill(5)]])).toEqual({});
  expect(() => figuresOf(landmarks(), [[answer, [1, 2]]])).toThrow('a list of 136 numbers');
});
