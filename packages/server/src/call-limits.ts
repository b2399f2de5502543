import { FaceXFormerError } from '@facexformer/core';

/** What one call, and all of them together, may ask for. */
export interface CallLimits {
  /** Bytes of an encoded photo, else 413. Default 16 MiB. */
  readonly maxBytes?: number;
  /** Faces of a photo, else 422. Default 64. */
  readonly maxFaces?: number;
  /** Photos that are analysed at the same time, each with its pixels in memory. Default 8. */
  readonly atOnce?: number;
  /** Calls that may wait for their turn, each with its photo in memory, else 429. Default 64. */
  readonly maxWaiting?: number;
}

/**
 * Fills in the defaults.
 * @throws {FaceXFormerError} `BAD_OPTION` naming the limit.
 */
export function checkLimits({
  maxBytes = 16 * 2 ** 20,
  maxFaces = 64,
  atOnce = 8,
  maxWaiting = 64,
}: CallLimits): Required<CallLimits> {
  const limits = { maxBytes, maxFaces, atOnce, maxWaiting };
  for (const [name, value] of Object.entries(limits)) {
    const least = name === 'maxWaiting' ? 0 : 1;
    if (Number.isInteger(value) && value >= least && value < 2 ** 31) continue;
    throw new FaceXFormerError(
      'BAD_OPTION',
      `${name} must be a whole number from ${least} to ${2 ** 31 - 1}, not ${value}`,
    );
  }
  return limits;
}
