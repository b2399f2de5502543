/** Numbers in [0, 1), the same for a seed on every machine. */
export type Random = () => number;

/** Mulberry32 of a seed and an index, so that each input can be made again by itself. */
export function randomOf(seed: number, index: number): Random {
  let state = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(index + 1, 0xc2b2ae35);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), 1 | state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A whole number from 0 on, below `end`. */
export const below = (random: Random, end: number): number => Math.floor(random() * end);

export const choose = <Item>(random: Random, items: readonly Item[]): Item =>
  items[below(random, items.length)]!;
