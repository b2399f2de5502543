import { age } from '@facexformer/task-age';
import { expect, it } from 'vitest';
import { createSetSampler } from '../../../src/whole/batch/set-sampler.js';
import type { Tiles } from '../../../src/whole/tiles/tiles.js';

const tiles = (set: string, count: number): Tiles => ({
  count,
  dense: [],
  labels: Array.from({ length: count }, (_, i) => ({ image: `${set}${i}`, labels: { age: i }, weights: {} })),
  read: (i) => ({ image: `${set}${i}`, labels: {}, weights: {}, side: 0, pixels: new Uint8Array() }),
  close() {},
});
const sets = [
  { tiles: tiles('a', 5), rows: 2 },
  { tiles: tiles('b', 3), rows: 3 },
];
const names = (facesOf: ReturnType<typeof createSetSampler>, step: number) =>
  facesOf(step).map(({ image }) => image);

it('shows every face of a set once before any comes again', () => {
  const facesOf = createSetSampler(sets, 1, []);
  const shown = [0, 1, 2, 3, 4].flatMap((step) => names(facesOf, step).slice(0, 2));
  expect(new Set(shown.slice(0, 5)).size).toBe(5);
  expect(new Set(shown.slice(5)).size).toBe(5);
  expect(shown.slice(0, 5)).not.toEqual(shown.slice(5));
  for (const step of [0, 7]) expect(names(facesOf, step).slice(2).sort()).toEqual(['b0', 'b1', 'b2']);
});

it('depends on the step alone', () => {
  const facesOf = createSetSampler(sets, 1, []);
  const late = names(facesOf, 9);
  names(facesOf, 0);
  expect(names(facesOf, 9)).toEqual(late);
  expect(names(createSetSampler(sets, 1, []), 9)).toEqual(late);
  expect(
    [0, 1, 2, 3].some(
      (step) => names(createSetSampler(sets, 2, []), step).join() !== names(facesOf, step).join(),
    ),
  ).toBe(true);
});

it('shows a face as often in a round as a task wants it', () => {
  const learning = {
    loss: 'absolute',
    encode: () => [],
    repeats: (label: unknown) => (label === 2 ? 3 : 1),
  } as const;
  const facesOf = createSetSampler(sets, 1, [{ task: age(), learning }]);
  const round = Array.from({ length: 7 }, (_, step) => names(facesOf, step).slice(0, 2))
    .flat()
    .slice(0, 7);
  expect(round.sort()).toEqual(['a0', 'a1', 'a2', 'a2', 'a2', 'a3', 'a4']);
});
