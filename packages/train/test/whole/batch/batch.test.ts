import { random } from '@facexformer/statistics';
import { expect, it } from 'vitest';
import { emptyBatch, fillRow } from '../../../src/whole/batch/batch.js';
import { planSteps } from '../../../src/whole/plan/plan.js';
import { tinyPlan, tinySteps } from '../../tiny-run.js';

const SIDE = 8;
const pixels = new Uint8Array(SIDE * SIDE * 3);
const attributes = Array.from({ length: 40 }, () => 1);
const landmarks = Array.from({ length: 136 }, (_, i) => SIDE * (0.3 + (0.4 * ((i * 37) % 136)) / 136));

const face = (labels: Readonly<Record<string, unknown>>, weights: Readonly<Record<string, number>> = {}) => ({
  image: 'a',
  side: SIDE,
  pixels,
  labels,
  weights,
});

/** How many of fifty augmented faces are asked for their attributes. */
function asked(labels: Readonly<Record<string, unknown>>): number {
  const plan = planSteps(tinyPlan, 50, {});
  const batch = emptyBatch(plan);
  for (let row = 0; row < 50; row += 1) {
    fillRow(batch, row, face({ attributes, ...labels }), plan, { draw: random(1, row), strength: 1 });
  }
  return batch.attributesWeight!.data.reduce((sum, weight) => sum + weight, 0);
}

it('asks only faces that are shown whole for what lies around them', () => {
  expect(asked({ landmarks, gender: 'female' })).toBeGreaterThan(2);
  expect(asked({ landmarks, gender: 'female' })).toBeLessThan(20);
  expect(asked({ landmarks })).toBe(50);
  expect(asked({ gender: 'female' })).toBe(50);
});

it('writes targets and weights of the labels that are known, and those that follow from them', () => {
  const batch = emptyBatch(tinySteps);
  fillRow(batch, 1, face({ landmarks, race: 'Asian', age: 30 }, { landmarks: 0.4 }), tinySteps);
  const row = (name: string, width: number) => [...batch[name]!.data.subarray(width, 2 * width)];
  expect(row('race', 5).map((share) => Number(share.toFixed(3)))).toEqual([0.01, 0.01, 0.96, 0.01, 0.01]);
  expect(row('age', 9).at(-1)).toBe(30);
  expect(row('landmarks', 136)[0]).toBeCloseTo(((2.4 + 0.5) / SIDE - 0.5) / 0.4, 5); // the view shows 0.8 of the tile
  expect(row('visibility', 29)).toEqual(Array.from({ length: 29 }, () => 0));
  expect([...batch.landmarksWeight!.data]).toEqual([0, Math.fround(0.4), 0, 0]);
  expect([...batch.visibilityWeight!.data]).toEqual([0, 1, 0, 0]);
  expect([...batch.genderWeight!.data]).toEqual([0, 0, 0, 0]);
});

it('makes painted pixels of a mask unknown, and takes masks in their rows only', () => {
  const parsing = { width: SIDE, height: SIDE, data: new Uint8Array(SIDE * SIDE).fill(1) };
  const known = Array.from({ length: 40 }, (_, seed) => {
    const batch = emptyBatch(tinySteps);
    fillRow(batch, 0, face({ parsing }), tinySteps, { draw: random(seed), strength: 1 });
    fillRow(batch, 2, face({ parsing }), tinySteps, { draw: random(seed), strength: 1 });
    expect(batch.parsingWeight!.data).toHaveLength(2);
    return batch.parsing!.data.reduce((sum, value) => sum + value, 0);
  });
  expect(parsing.data.every((value) => value === 1)).toBe(true);
  expect(Math.max(...known)).toBe(32 * 32);
  expect(Math.min(...known)).toBeLessThan(32 * 32);
});
