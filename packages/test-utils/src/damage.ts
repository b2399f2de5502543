import { type ArrayConstraints, array, integer, tuple } from 'fast-check';

/** Bytes to set, each at a place that is taken modulo the length. */
export const byteChanges = (constraints: ArrayConstraints) =>
  array(tuple(integer({ min: 0 }), integer({ min: 0, max: 255 })), constraints);

/** A copy with some bytes set. */
export function damaged(
  bytes: Uint8Array,
  changes: readonly (readonly [at: number, byte: number])[],
): Buffer {
  const copy = Buffer.from(bytes);
  for (const [at, byte] of changes) copy[at % copy.length] = byte;
  return copy;
}
