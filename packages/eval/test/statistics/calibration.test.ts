import { random } from '@facexformer/statistics';
import { expect, it } from 'vitest';
import {
  calibrate,
  calibrationError,
  decisionsOf,
  fitTemperature,
  negativeLogLikelihood,
  reliability,
} from '../../src/statistics/calibration.js';

const logits = [
  [2, 0.5, -1],
  [0.2, 1.9, 0.3],
  [3, 2.5, -2],
  [-0.5, 0.1, 0.4],
  [1.5, -1, 0.2],
  [0.3, 0.2, 2.8],
  [2.2, 2, 0.1],
  [-1, 3, 0.5],
].map((values) => Float64Array.from(values) as unknown as Float32Array);
const targets = [0, 1, 1, 2, 0, 2, 0, 0];
const choices = logits.map((values, i) => ({ logits: values, target: targets[i]! }));

it('expected calibration error over 15 bins, upper edges included (formulas.py)', () => {
  const confidence = [
    0.2, 0.03, 0.21, 0.34, 0.47, 0.52, 0.58, 0.61, 0.66, 0.68, 0.74, 0.79, 0.83, 0.88, 0.91, 0.95, 0.97, 0.99,
    1,
  ];
  const right = [1, 0, 0, 1, 0, 1, 0, 1, 1, 0, 1, 1, 0, 1, 1, 1, 1, 0, 1];
  const decisions = confidence.map((value, i) => ({ confidence: value, right: right[i]! > 0 }));
  expect(calibrationError(reliability(decisions))).toBeCloseTo(0.32210526315789473, 12);
  expect(calibrationError(reliability([]))).toBe(0);
});

it('fits the temperature of least negative log-likelihood (formulas.py)', () => {
  expect(negativeLogLikelihood(choices, 1)).toBeCloseTo(0.9396239031415665, 12);
  const temperature = fitTemperature(choices);
  expect(temperature).toBeCloseTo(1.6319852, 5);
  expect(negativeLogLikelihood(choices, temperature)).toBeCloseTo(0.8875902684986011, 10);
});

it('takes independent questions one by one (formulas.py)', () => {
  const several = [
    { logits: Float64Array.of(1.2, -0.3, 2) as unknown as Float32Array, target: [1, 1, 0] },
    { logits: Float64Array.of(-0.8, 0.4, -1.5) as unknown as Float32Array, target: [0, 1, 1] },
  ];
  expect(negativeLogLikelihood(several, 1.7)).toBeCloseTo(0.8213474366201416, 12);
  const decisions = decisionsOf(several, 1);
  expect(decisions.map(({ right }) => right)).toEqual([true, false, false, true, true, false]);
  expect(decisions[1]!.confidence).toBeCloseTo(1 / (1 + Math.exp(-0.3)), 6);
});

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
