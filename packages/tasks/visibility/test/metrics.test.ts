import { answerOf, figuresOf } from '@facexformer/test-utils/answer';
import { expect, it } from 'vitest';
import { visibility } from '../src/index.js';
import { recallAtPrecision } from '../src/metrics.js';

it('finds the highest recall at 80 % precision, equal scores together (formulas.py)', () => {
  const scores = [5, 4, 4, 3, 2.5, 2, 1.5, 1, 0.5, 0, -1];
  const hidden = [1, 1, 0, 1, 1, 1, 0, 1, 0, 0, 1];
  const pairs = scores.map((score, i) => [score, hidden[i]!] as const);
  expect(recallAtPrecision(pairs, 0.8)).toBeCloseTo(0.7142857142857143, 12);
  expect(recallAtPrecision(pairs.toReversed(), 0.8)).toBeCloseTo(0.7142857142857143, 12);
  expect(recallAtPrecision([[1, 0]], 0.8)).toBeUndefined();
  expect(
    recallAtPrecision(
      [
        [2, 0],
        [1, 1],
      ],
      0.8,
    ),
  ).toBe(0);
});

it('pools the points of all faces', () => {
  const raw = Array.from({ length: 29 }, (_, i) => (i < 5 ? 3 : -3));
  const hidden = Array.from({ length: 29 }, (_, i) => Number(i < 4));
  const judged = [answerOf(visibility(), raw), hidden] as const;
  const figures = figuresOf(visibility(), [judged, judged]);
  expect(figures['visibility.recallAt80']).toBe(1); // 8 of 10 found are hidden
  expect(figures['visibility.accuracy']).toBeCloseTo(28 / 29);
});

it('refuses labels of other points', () => {
  const answer = answerOf(visibility(), new Array(29).fill(0));
  expect(() => figuresOf(visibility(), [[answer, new Array(29).fill(0.5)]])).toThrow('29 times 0 or 1');
});
