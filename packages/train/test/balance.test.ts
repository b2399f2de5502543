import { expect, it } from 'vitest';
import type { FaceLabels } from '../src/data/record.js';
import { balanceAttributes } from '../src/trainer/balance.js';

const slots = [
  { name: 'tasks.age.head.fc3.bias', shape: [2], start: 0, length: 2 },
  { name: 'tasks.attributes.head.fc3.bias', shape: [3], start: 2, length: 3 },
];
/** 99 faces: the first attribute has 9 of them, the second all, the third 49. */
const labels: FaceLabels[] = Array.from({ length: 99 }, (_, i) => ({
  image: `${i}`,
  attributes: [Number(i < 9), 1, Number(i < 49)],
}));

it('makes a rare attribute easier to say and a common one harder, by the share that is asked for', () => {
  const start = Float32Array.of(5, 6, -2, 3, 0.5);
  const balanced = balanceAttributes(start, slots, [{ image: 'no labels' }, ...labels], 0.5);
  expect([...balanced.subarray(0, 2)]).toEqual([5, 6]);
  expect(balanced[2]).toBeCloseTo(-2 - 0.5 * Math.log(10 / 91), 5);
  expect(balanced[3]).toBeCloseTo(3 - 0.5 * Math.log(100), 5);
  expect(balanced[4]).toBeCloseTo(0.5 - 0.5 * Math.log(50 / 51), 5);
  expect([...start]).toEqual([5, 6, -2, 3, 0.5]);
});

it('changes nothing at 0', () => {
  const start = Float32Array.of(5, 6, -2, 3, 0.5);
  expect(balanceAttributes(start, slots, labels, 0)).toEqual(start);
});
