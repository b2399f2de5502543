import { mirrorImage } from '@facexformer/core/image';
import { expect, it } from 'vitest';
import { pointsOf } from '../src/label.js';
import { learning, MIRRORED_POINTS } from '../src/learning.js';
import { vocabulary } from '../src/vocabulary.js';

const label = Array.from({ length: 136 }, (_, i) => 10 + 0.5 * i);
const photo = { width: 200, height: 100 };
const context = { crop: { x: 10, y: 20, width: 80, height: 40 }, raw: [136], vocabulary, classes: [] };

it('states points in -1..1 over the crop', () => {
  const target = learning.encode(label, context);
  expect(target[0]).toBeCloseTo((2 * (10.5 - 10)) / 80 - 1);
  expect(target[1]).toBeCloseTo((2 * (11 - 20)) / 40 - 1);
});

it('exchanges sides in a mirrored face', () => {
  const mirrored = learning.transform!(label, mirrorImage(photo)) as number[];
  expect(mirrored[2 * 36]).toBeCloseTo(199 - label[2 * 45]!); // outer eye corners
  expect(mirrored[2 * 36 + 1]).toBeCloseTo(label[2 * 45 + 1]!);
  expect(learning.transform!(mirrored, mirrorImage(photo))).toEqual(label);
  expect(MIRRORED_POINTS.map((i) => MIRRORED_POINTS[i])).toEqual(Array.from({ length: 68 }, (_, i) => i));
});

it('tells the outline of a face, and refuses other labels', () => {
  const points = pointsOf(label);
  expect(points[3]).toEqual({ x: label[6], y: label[7] });
  const { jaw, brows, chin, bridge } = learning.outline!(label);
  expect(jaw).toEqual(points.slice(0, 17));
  expect(brows).toEqual(points.slice(17, 27).reverse());
  expect([chin, bridge]).toEqual([points[8], points[27]]);
  for (const wrong of [undefined, [1, 2], label.with(5, Number.NaN)]) {
    expect(() => learning.encode(wrong, context)).toThrow('136 numbers');
  }
});
