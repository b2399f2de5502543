import { expect, it } from 'vitest';
import { bySeconds, bySteps, learningRate } from '../../src/engine/schedule.js';

it('warms up, then falls to a hundredth along half a cosine', () => {
  const schedule = { peak: 2, warmUpSteps: 10, progress: bySteps(100) };
  expect(learningRate(schedule, 0, 0)).toBeCloseTo(0.2);
  expect(learningRate(schedule, 9, 0)).toBeCloseTo(2);
  expect(learningRate(schedule, 50, 0.5)).toBeCloseTo(2 * (0.01 + 0.99 / 2));
  expect(learningRate(schedule, 100, 1)).toBeCloseTo(0.02);
  expect(learningRate(schedule, 200, 2)).toBeCloseTo(0.02);
});

it('counts steps or seconds', () => {
  expect(bySteps(8)(2)).toBe(0.25);
  expect(bySeconds(8)(100, 2)).toBe(0.25);
});
