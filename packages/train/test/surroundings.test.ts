import { expect, it } from 'vitest';
import { random } from '../src/augment/random.js';
import { replaceSurroundings } from '../src/augment/surroundings.js';
import type { FaceLabels } from '../src/data/record.js';
import { emptyBatch, fillRow } from '../src/trainer/batch.js';
import { tinyPlan } from './tiny-run.js';

const SIZE = 32;

/** A jaw from ear to ear, brows above it, the bridge of the nose between them; the rest is never looked at. */
function facePoints(): Float32Array {
  const points = new Float32Array(136);
  const put = (i: number, x: number, y: number): void => points.set([x, y], 2 * i);
  for (let i = 0; i <= 16; i += 1)
    put(i, -0.5 * Math.cos((i * Math.PI) / 16), 0.6 * Math.sin((i * Math.PI) / 16));
  for (let i = 17; i <= 26; i += 1) put(i, -0.4 + (0.8 * (i - 17)) / 9, -0.15);
  put(27, 0, 0);
  return points;
}

function painted(row: number): (x: number, y: number) => boolean {
  const view = new Float32Array(3 * SIZE * SIZE).fill(-1); // no colour
  replaceSurroundings(view, facePoints(), SIZE, random(1, row));
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
  replaceSurroundings(view, facePoints(), SIZE, random(1), other);
  const colour = (row: number, column: number): number[] =>
    [0, 1, 2].map((c) => view[(c * SIZE + row) * SIZE + column]!);
  expect(colour(SIZE / 2, SIZE / 2)).toEqual([50, 50, 50]);
  expect(colour(0, SIZE / 2)).toEqual([100, 101, 102]);
  expect(colour(SIZE / 2, SIZE - 1)).toEqual([100, 101, 102]);
});

/** How many of fifty augmented faces are asked for their attributes. */
function asked(labels: Partial<FaceLabels>): number {
  const shape = { ...tinyPlan.shape, batch: 50, masks: 0 };
  const batch = emptyBatch(shape);
  const face = {
    side: 8,
    pixels: new Uint8Array(8 * 8 * 3),
    labels: { image: 'a', attributes: Array.from({ length: 40 }, () => 1), ...labels },
  };
  for (let row = 0; row < 50; row += 1)
    fillRow(batch, row, face, shape, tinyPlan.model.normalization, random(1, row));
  return batch.attributesWeight!.data.reduce((sum, weight) => sum + weight, 0);
}

it('asks only faces that are shown whole for their attributes', () => {
  const points = Array.from(facePoints(), (value) => (value + 1) / 2);
  expect(asked({ points, gender: 1 })).toBeGreaterThan(2);
  expect(asked({ points, gender: 1 })).toBeLessThan(20);
  expect(asked({ points })).toBe(50);
  expect(asked({ gender: 1 })).toBe(50);
});
