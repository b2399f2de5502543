import { tensor } from '@facexformer/core/graph';
import { expect, it } from 'vitest';
import { classShares, maskAt, parsing } from '../src/index.js';
import { vocabulary } from '../src/vocabulary.js';

/** A grid of 2 x 2 cells over 40 x 60 pixels: background, skin / hair, skin. */
const result = parsing().decode(
  tensor(
    [11, 2, 2],
    Array.from({ length: 44 }, (_, i) => ([0, 1, 10, 1][i % 4] === Math.floor(i / 4) ? 1 : 0)),
  ),
  { crop: { x: 10, y: 20, width: 40, height: 60 }, vocabulary },
);

it('maskAt looks a photo position up', () => {
  expect(maskAt(result, { x: 10, y: 20 })).toBe('background');
  expect(maskAt(result, { x: 29, y: 49 })).toBe('background');
  expect(maskAt(result, { x: 30, y: 49 })).toBe('skin');
  expect(maskAt(result, { x: 29, y: 50 })).toBe('hair');
  expect(maskAt(result, { x: 49, y: 79 })).toBe('skin');
});

it('maskAt knows nothing outside the crop', () => {
  for (const point of [
    { x: 9, y: 30 },
    { x: 50, y: 30 },
    { x: 20, y: 19 },
    { x: 20, y: 80 },
  ]) {
    expect(maskAt(result, point)).toBeUndefined();
  }
  expect(() => maskAt(result, { x: Number.NaN, y: 30 })).toThrow('"x" is NaN');
});

it('classShares sums to one', () => {
  const shares = classShares(result);
  expect(shares).toMatchObject({ background: 0.25, skin: 0.5, hair: 0.25, nose: 0 });
  expect(Object.values(shares).reduce((a, b) => a + b)).toBe(1);
});
