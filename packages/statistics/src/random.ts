/** Numbers in [0, 1) that depend on the keys alone, so that whatever is drawn can be drawn again. */
export function random(...keys: readonly number[]): () => number {
  let state = 0x9e3779b9;
  for (const key of keys) state = Math.imul(state ^ key, 0x85ebca6b) ^ (state >>> 13);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A number from the standard normal distribution (Box-Muller). */
export const normal = (draw: () => number): number =>
  Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw());

/** The numbers 0 to count - 1 in an order that depends on the keys alone. */
export function permutation(count: number, ...keys: readonly number[]): Uint32Array {
  const draw = random(...keys);
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i -= 1) {
    const j = Math.floor(draw() * (i + 1));
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
}
