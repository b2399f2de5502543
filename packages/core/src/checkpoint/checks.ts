import { FaceXFormerError } from '../base/errors.js';
import { type Fields, isRecord } from '../base/record.js';

/** Refuses a checkpoint whose description of itself is wrong. @throws {FaceXFormerError} `BAD_CHECKPOINT`. */
export function check(ok: boolean, field: string): asserts ok {
  if (ok) return;
  throw new FaceXFormerError(
    'BAD_CHECKPOINT',
    `the checkpoint's description has no usable "${field}": make or download the file anew`,
    {
      details: { field },
    },
  );
}

/** A field that must be an object. @throws {FaceXFormerError} `BAD_CHECKPOINT`. */
export function part(parent: unknown, field: string): Fields {
  const value = isRecord(parent) ? parent[field] : undefined;
  check(isRecord(value), field);
  return value;
}
