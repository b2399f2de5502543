import { checkOptions, whole } from '@facexformer/core/arguments';

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

const MOST = 2 ** 31 - 1;
const LIMITS = {
  maxBytes: whole(1, MOST),
  maxFaces: whole(1, MOST),
  atOnce: whole(1, MOST),
  maxWaiting: whole(0, MOST),
};

/**
 * Fills in the defaults.
 * @throws {FaceXFormerError} `BAD_OPTION` naming the limit, also one that there is not: it would limit nothing.
 */
export function checkLimits(limits: CallLimits = {}): Required<CallLimits> {
  checkOptions('limits', limits, LIMITS);
  const { maxBytes = 16 * 2 ** 20, maxFaces = 64, atOnce = 8, maxWaiting = 64 } = limits;
  return { maxBytes, maxFaces, atOnce, maxWaiting };
}
