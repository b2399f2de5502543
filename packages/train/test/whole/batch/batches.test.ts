import { expect, it } from 'vitest';
import { createBatches } from '../../../src/whole/batch/batches.js';
import { planSteps } from '../../../src/whole/plan/plan.js';
import type { Tiles } from '../../../src/whole/tiles/tiles.js';
import { tinyPlan } from '../../tiny-run.js';

const SIDE = 24;
const ROWS = 20;
const landmarks = Array.from({ length: 136 }, (_, i) => SIDE * (0.4 + (0.2 * ((i * 37) % 136)) / 136));

type Labels = Readonly<Record<string, unknown>>;

/** One face of a set, its left half in one colour and its right half in another. */
const tiles = (labels: Labels, left: readonly number[], right: readonly number[]): Tiles => {
  const face = { image: 'a', labels, weights: {} };
  return {
    count: 1,
    dense: 'parsing' in labels ? ['parsing'] : [],
    labels: [face],
    read: () => ({
      ...face,
      side: SIDE,
      pixels: Uint8Array.from({ length: SIDE * SIDE * 3 }, (_, i) => {
        return (Math.floor(i / 3) % SIDE < SIDE / 2 ? left : right)[i % 3]!;
      }),
    }),
    close() {},
  };
};

/** Of grey faces with a gender, the share that show red and blue at the upper edge beside a set of red and blue ones. */
function shareReplaced(labels: Labels): number {
  const plan = planSteps(tinyPlan, 2 * ROWS, { parsing: ROWS });
  const { width: size } = plan.model.input;
  const batchOf = createBatches(plan, [
    { tiles: tiles(labels, [255, 0, 0], [0, 0, 255]), rows: ROWS },
    { tiles: tiles({ gender: 'female', landmarks }, [99, 99, 99], [99, 99, 99]), rows: ROWS },
  ]);
  const replaced = [0, 1, 2, 3, 4].flatMap((step) => {
    const image = batchOf(step).image!.data;
    return Array.from({ length: ROWS }, (_, i): number => {
      const start = (ROWS + i) * 3 * size * size;
      const redness = Array.from(
        { length: size },
        (_, x) => image[start + x]! - image[start + 2 * size * size + x]!,
      );
      return Number(Math.min(...redness) < -1 && Math.max(...redness) > 1);
    });
  });
  return replaced.reduce((sum, value) => sum + value, 0) / replaced.length;
}

it('replaces the surroundings of faces that train gender by those of faces that show theirs', () => {
  const parsing = { width: SIDE, height: SIDE, data: new Uint8Array(SIDE * SIDE) };
  for (const labels of [{ attributes: Array.from({ length: 40 }, () => 1) }, { parsing }]) {
    expect(shareReplaced(labels)).toBeGreaterThan(0.3);
    expect(shareReplaced(labels)).toBeLessThan(0.8);
  }
});

it('takes no surroundings from sets that are cropped to the face', () => {
  expect(shareReplaced({ expression: 'surprise' })).toBe(0);
});
