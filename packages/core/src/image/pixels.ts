import { demand, kind, tagOf } from '../base/arguments.js';
import { FaceXFormerError } from '../base/errors.js';

/** An RGB picture as plain data: 8 bits a channel, rows from the top, `data.length = width * height * 3`. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array | Uint8ClampedArray;
}

/** True for anything shaped like {@link Pixels}. */
export function isPixels(image: unknown): image is Pixels {
  if (typeof image !== 'object' || image === null) return false;
  const { width, height, data } = image as Partial<Pixels>;
  return (
    typeof width === 'number' && typeof height === 'number' && /^Uint8(Clamped)?Array$/.test(tagOf(data))
  );
}

/** Check of an argument. */
export const PIXELS = kind('pixels { width, height, data } of RGB bytes', isPixels);

/**
 * Checks that sizes are positive integers and that the data fill them.
 * @throws {FaceXFormerError} `BAD_IMAGE`.
 */
export function checkPixels(pixels: Pixels): void {
  const { width, height, data } = demand(pixels, PIXELS, 'the photo', 'BAD_IMAGE');
  const whole = Number.isInteger(width) && Number.isInteger(height) && width > 0 && height > 0;
  if (!whole || data.length !== width * height * 3) {
    throw new FaceXFormerError(
      'BAD_IMAGE',
      `pixels of ${width}x${height} need ${width * height * 3} RGB bytes, got ${data.length}`,
    );
  }
}
