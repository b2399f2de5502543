import type { Pixels } from '../image/pixels.js';
import type { RunOptions } from '../runtime/runtime.js';
import type { Detection, Detector } from './detector.js';

/** How faces are found. */
export interface FindOptions extends RunOptions {
  /** Degrees of roll from which a face is looked at again, upright: its place and its roll are then exact. */
  readonly upright?: number | undefined;
  readonly rotations?: boolean | undefined;
}

/**
 * The faces of a photo, best first.
 * @throws what the detector throws.
 */
export async function findFaces(
  detector: Pick<Detector, 'detect'>,
  pixels: Pixels,
  { upright = Number.POSITIVE_INFINITY, rotations, signal }: FindOptions,
): Promise<readonly Detection[]> {
  const found = await detector.detect(pixels, { signal });
  const isTilted = ({ roll = 0 }: Detection): boolean => Math.abs(roll) >= upright;
  if (!rotations && !found.some(isTilted)) return found;
  const { findTurned } = await import('./find-turned.js'); // most photos hold upright faces alone
  return findTurned(detector, pixels, found, { isTilted, rotations, signal });
}
