import { permutation } from '@facexformer/statistics';
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
 * come round more often. They depend on the step alone.
 */
export function createSetSampler(sets: readonly SetRows[], seed: number): (step: number) => readonly Face[] {
  const orders = sets.map(({ tiles }, set) => {
    let known: { readonly round: number; readonly order: Uint32Array } | undefined;
    return (round: number): Uint32Array => {
      if (known?.round !== round) known = { round, order: permutation(tiles.count, seed, set, round) };
      return known.order;
    };
  });
  return (step) =>
    sets.flatMap(({ tiles, rows }, set) =>
      Array.from({ length: rows }, (_, i) => {
        const place = step * rows + i;
        const order = orders[set]!(Math.floor(place / tiles.count));
        return tiles.read(order[place % tiles.count]!);
      }),
    );
}
