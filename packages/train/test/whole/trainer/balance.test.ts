import { expect, it } from 'vitest';
import { balanceLogits } from '../../../src/whole/trainer/balance.js';
import { outputBias } from '../../../src/whole/trainer/priors.js';
import { tinyParameters, tinySteps } from '../../tiny-run.js';

const bias = outputBias(tinyParameters, 'attributes')!;
/** 99 faces: the first attribute has 9 of them, the second all, the others 49. */
const faces = Array.from({ length: 99 }, (_, i) => ({
  image: `${i}`,
  labels: { attributes: Array.from({ length: 40 }, (__, k) => Number(i < ([9, 99][k] ?? 49))) },
  weights: {},
}));
const others = [{ image: 'no labels', labels: { age: 3 }, weights: {} }];
const start = new Float32Array(tinyParameters.length).map((_, i) => (i % 7) - 3);

const balance = (share: number, sign?: number) =>
  balanceLogits(start, tinyParameters, tinySteps, [...others, ...faces], { attributes: share }, sign);

it('makes a rare attribute easier to say and a common one harder, by the share that is asked for', () => {
  const moved = balance(0.5).map((value, i) => value - start[i]!);
  expect(moved[bias.start]).toBeCloseTo(-0.5 * Math.log(10 / 91), 5);
  expect(moved[bias.start + 1]).toBeCloseTo(-0.5 * Math.log(100), 5);
  expect(moved[bias.start + 2]).toBeCloseTo(-0.5 * Math.log(50 / 51), 5);
  expect(moved.filter((value) => value !== 0)).toHaveLength(bias.length);
  expect(start[0]).toBe(-3);
});

it('puts back what it took off, and changes nothing at 0', () => {
  const there = balance(0.5);
  const back = balanceLogits(there, tinyParameters, tinySteps, faces, { attributes: 0.5 }, -1);
  back.forEach((value, i) => {
    expect(value).toBeCloseTo(start[i]!, 5);
  });
  expect(balance(0)).toEqual(start);
});

it('of classes, makes a rare one easier to say by how rare it is', () => {
  const race = outputBias(tinyParameters, 'race')!;
  const labels = ['White', 'White', 'White', 'Black', 'Asian', 'Indian', 'Others'];
  const people = labels.map((label, i) => ({ image: `${i}`, labels: { race: label }, weights: {} }));
  const moved = balanceLogits(start, tinyParameters, tinySteps, people, { race: 0.5 });
  const [white, black, asian] = moved.slice(race.start).map((value, i) => value - start[race.start + i]!);
  expect(white).toBeCloseTo(-0.5 * Math.log(4 / 8), 5);
  expect(black).toBeCloseTo(-0.5 * Math.log(2 / 8), 5);
  expect(asian).toBe(black);
});
