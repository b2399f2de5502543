import { permutation } from '../augment/random.js';
import type { Face, Tiles } from '../data/tiles.js';

/** Faces of each set in a batch, in row order; the first set is the one with masks. */
export type Rows = readonly { readonly set: string; readonly rows: number }[];

/** Faces of one set in every batch. */
export interface SetRows {
  readonly tiles: Tiles;
  readonly rows: number;
}

/**
 * The faces of step `step`: every set in an order of its own, drawn anew each time it has been used up, so that small
 * sets come round more often. Depends on the step alone.
 */
export function facesOfStep(sets: readonly SetRows[], step: number, seed: number): readonly Face[] {
  return sets.flatMap(({ tiles, rows }, set) =>
    Array.from({ length: rows }, (_, i) => {
      const place = step * rows + i;
      const round = Math.floor(place / tiles.count);
      return tiles.read(orderOf(tiles, seed, set, round)[place % tiles.count]!);
    }),
  );
}

const orders = new WeakMap<Tiles, { readonly round: number; readonly order: Uint32Array }>();

function orderOf(tiles: Tiles, seed: number, set: number, round: number): Uint32Array {
  const known = orders.get(tiles);
  if (known?.round === round) return known.order;
  const order = permutation(tiles.count, seed, set, round);
  orders.set(tiles, { round, order });
  return order;
}
