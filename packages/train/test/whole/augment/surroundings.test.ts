import type { FaceOutline } from '@facexformer/core/task';
import { random } from '@facexformer/statistics';
import { expect, it } from 'vitest';
import { replaceSurroundings } from '../../../src/whole/augment/surroundings.js';

const SIZE = 32;

/** A jaw from ear to ear, brows above it, the bridge of the nose between them. */
const face: FaceOutline = {
  jaw: Array.from({ length: 17 }, (_, i) => ({
    x: -0.5 * Math.cos((i * Math.PI) / 16),
    y: 0.6 * Math.sin((i * Math.PI) / 16),
  })),
  brows: Array.from({ length: 10 }, (_, i) => ({ x: 0.4 - (0.8 * i) / 9, y: -0.15 })),
  chin: { x: 0, y: 0.6 },
  bridge: { x: 0, y: 0 },
};

function painted(row: number): (x: number, y: number) => boolean {
  const view = new Float32Array(3 * SIZE * SIZE).fill(-1); // no colour
  replaceSurroundings(view, face, SIZE, random(1, row));
  const pixel = (share: number): number => Math.floor(((share + 1) / 2) * SIZE);
  return (x, y) => view[pixel(y) * SIZE + pixel(x)]! >= 0;
}

it('leaves the face and paints what is around it', () => {
  for (let row = 0; row < 20; row += 1) {
    const at = painted(row);
    for (const [x, y] of [
      [0, 0],
      [0, 0.5],
      [-0.4, 0.1],
      [0.4, 0.1],
      [0, -0.2],
    ] as const)
      expect(at(x, y)).toBe(false);
    for (const [x, y] of [
      [0, 0.8],
      [-0.7, 0],
      [0.7, 0],
      [0, -0.8],
      [-0.5, 0.6],
    ] as const)
      expect(at(x, y)).toBe(true);
  }
});

it('hides more or less of the forehead', () => {
  const hidden = Array.from({ length: 20 }, (_, row) => painted(row)(0, -0.35));
  expect(new Set(hidden)).toEqual(new Set([true, false]));
});

it('takes hair and surroundings from another face', () => {
  const view = new Float32Array(3 * SIZE * SIZE).fill(50);
  const other = new Float32Array(3 * SIZE * SIZE).map((_, i) => 100 + Math.floor(i / (SIZE * SIZE)));
  replaceSurroundings(view, face, SIZE, random(1), other);
  const colour = (row: number, column: number): number[] =>
    [0, 1, 2].map((c) => view[(c * SIZE + row) * SIZE + column]!);
  expect(colour(SIZE / 2, SIZE / 2)).toEqual([50, 50, 50]);
  expect(colour(0, SIZE / 2)).toEqual([100, 101, 102]);
  expect(colour(SIZE / 2, SIZE - 1)).toEqual([100, 101, 102]);
});
