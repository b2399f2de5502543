import { random } from '@facexformer/statistics';
import { expect, it } from 'vitest';
import { calibrate } from '../../src/statistics/calibrate.js';

it('undoes the overconfidence of logits that were stretched', () => {
  const draw = random(3);
  const stretched = Array.from({ length: 4000 }, () => {
    const logit = 4 * (draw() - 0.5);
    const target = draw() < 1 / (1 + Math.exp(logit)) ? 0 : 1;
    return { logits: Float32Array.of(0, 3 * logit), target };
  });
  const { temperature, before, after, n } = calibrate(stretched);
  expect(n).toBe(4000);
  expect(temperature).toBeGreaterThan(2.7);
  expect(temperature).toBeLessThan(3.3);
  expect(before.error).toBeGreaterThan(0.1);
  expect(after.error).toBeLessThan(0.03);
  expect(after.negativeLogLikelihood).toBeLessThan(before.negativeLogLikelihood);
});
