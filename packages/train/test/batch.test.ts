import { expect, it } from 'vitest';
import type { FaceLabels } from '../src/data/record.js';
import type { Tiles } from '../src/data/tiles.js';
import { batchOf } from '../src/trainer/train.js';
import { tinyPlan } from './tiny-run.js';

const SIDE = 24;
const ROWS = 20;
const points = Array.from({ length: 136 }, (_, i) => 0.4 + (0.2 * ((i * 37) % 136)) / 136);

/** One face of a set, its left half in one colour and its right half in another. */
const tiles = (
  labels: Omit<FaceLabels, 'image'>,
  left: readonly number[],
  right: readonly number[],
): Tiles => ({
  count: 1,
  labels: [{ image: 'a', ...labels }],
  read: () => ({
    side: SIDE,
    labels: { image: 'a', ...labels },
    pixels: Uint8Array.from({ length: SIDE * SIDE * 3 }, (_, i) => {
      return (Math.floor(i / 3) % SIDE < SIDE / 2 ? left : right)[i % 3]!;
    }),
  }),
  close() {},
});

/** Of grey faces with a gender, the share that show red and blue at the upper edge beside a set of red and blue ones. */
function shareLent(labels: Omit<FaceLabels, 'image'>): number {
  const plan = { ...tinyPlan, shape: { ...tinyPlan.shape, batch: 2 * ROWS, masks: 0 } };
  const { size } = plan.shape;
  const sets = [
    { tiles: tiles(labels, [255, 0, 0], [0, 0, 255]), rows: ROWS },
    { tiles: tiles({ gender: 1, points }, [99, 99, 99], [99, 99, 99]), rows: ROWS },
  ];
  const lent = [0, 1, 2, 3, 4].flatMap((step) => {
    const image = batchOf(plan, sets, step).image!.data;
    return Array.from({ length: ROWS }, (_, i): number => {
      const start = (ROWS + i) * 3 * size * size;
      const redness = Array.from(
        { length: size },
        (_, x) => image[start + x]! - image[start + 2 * size * size + x]!,
      );
      return Number(Math.min(...redness) < -1 && Math.max(...redness) > 1);
    });
  });
  return lent.reduce((sum, value) => sum + value, 0) / lent.length;
}

it('lends faces with a gender the surroundings of faces that show their hair', () => {
  for (const labels of [{ attributes: Array.from({ length: 40 }, () => 1) }, { mask: true as const }]) {
    expect(shareLent(labels)).toBeGreaterThan(0.3);
    expect(shareLent(labels)).toBeLessThan(0.8);
  }
});

it('lends nothing of sets that are cropped to the face', () => {
  expect(shareLent({ expression: 3 })).toBe(0);
});
