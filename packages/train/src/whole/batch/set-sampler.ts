import { permutation } from '@facexformer/statistics';
import type { Learner } from '../plan/plan.js';
import type { TileLabels } from '../tiles/tile-index.js';
import type { Face, Tiles } from '../tiles/tiles.js';

/** Faces of each set in a batch. */
export type Rows = readonly { readonly set: string; readonly rows: number }[];

/** Faces of one set in every batch, in row order. */
export interface SetRows {
  readonly tiles: Tiles;
  readonly rows: number;
}

/**
 * The faces of a step: every set in an order of its own, drawn anew each time it has been used up, so that small sets
 * come round more often, and faces that a task wants repeated several times in one round. They depend on the step alone.
 */
export function createSetSampler(
  sets: readonly SetRows[],
  seed: number,
  learners: readonly Pick<Learner, 'task' | 'learning'>[],
): (step: number) => readonly Face[] {
  const rounds = sets.map(({ tiles }) => roundOf(tiles.labels, learners));
  const orders = rounds.map(({ length }, set) => {
    let known: { readonly round: number; readonly order: Uint32Array } | undefined;
    return (round: number): Uint32Array => {
      if (known?.round !== round) known = { round, order: permutation(length, seed, set, round) };
      return known.order;
    };
  });
  return (step) =>
    sets.flatMap(({ tiles, rows }, set) =>
      Array.from({ length: rows }, (_, i) => {
        const places = rounds[set]!;
        const at = step * rows + i;
        const order = orders[set]!(Math.floor(at / places.length));
        return tiles.read(places[order[at % places.length]!]!);
      }),
    );
}

/** Indices of a set's faces, each as often as it is shown in a round. */
export const roundOf = (
  faces: readonly TileLabels[],
  learners: readonly Pick<Learner, 'task' | 'learning'>[],
): readonly number[] =>
  faces.flatMap(({ labels }, index) => {
    const wanted = learners.map(({ task, learning }) =>
      labels[task.name] === undefined ? 1 : (learning.repeats?.(labels[task.name]) ?? 1),
    );
    return new Array<number>(Math.max(1, ...wanted)).fill(index);
  });
