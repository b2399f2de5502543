import { FaceXFormerError } from '../errors.js';

/** Fields of something read from a file, of which nothing is known yet. */
export type Fields = Readonly<Record<string, unknown>>;

export const isRecord = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Refuses a checkpoint whose description of itself is wrong. @throws {FaceXFormerError} `BAD_CHECKPOINT`. */
export function check(ok: boolean, field: string): asserts ok {
  if (ok) return;
  throw new FaceXFormerError('BAD_CHECKPOINT', `the checkpoint has no usable "${field}"`, {
    details: { field },
  });
}

/** A field that must hold fields itself. @throws {FaceXFormerError} `BAD_CHECKPOINT`. */
export function part(parent: unknown, field: string): Fields {
  const value = isRecord(parent) ? parent[field] : undefined;
  check(isRecord(value), field);
  return value;
}
