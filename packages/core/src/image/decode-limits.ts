import { tagOf } from '../base/arguments.js';
import { FaceXFormerError } from '../base/errors.js';
import { kindOf } from '../base/record.js';
import type { Size } from './geometry.js';

/** The largest photo that a runtime decodes. */
export interface DecodeLimits {
  /** Pixels of the decoded photo. */
  readonly maxPixels: number;
  /** Bytes of the encoded photo. */
  readonly maxBytes: number;
}

/**
 * Checks an encoded photo before it is decoded.
 * @throws {FaceXFormerError} `BAD_IMAGE` when it is empty or has more than `maxBytes`.
 */
export function checkByteLength(name: string, bytes: number, { maxBytes }: DecodeLimits): void {
  if (bytes === 0) throw new FaceXFormerError('BAD_IMAGE', `${name} is empty`);
  if (bytes <= maxBytes) return;
  throw new FaceXFormerError(
    'BAD_IMAGE',
    `${name} has ${bytes} bytes, more than the ${maxBytes} that maxBytes allows`,
  );
}

/** Pixels of a side, as many as a JPEG can have: decoders need memory and time for long lines and columns. */
const LONGEST_SIDE = 65_535;

/**
 * Checks the size of a photo before its pixels are decoded or copied.
 * @throws {FaceXFormerError} `BAD_IMAGE` when it has more than `maxPixels`, or more than 65,535 on a side.
 */
export function checkPixelCount(name: string, { width, height }: Size, { maxPixels }: DecodeLimits): void {
  if (width * height > maxPixels) throw tooManyPixels(name, maxPixels);
  if (Math.max(width, height) <= LONGEST_SIDE) return;
  throw new FaceXFormerError(
    'BAD_IMAGE',
    `${name} has ${width} x ${height} pixels: a side may have ${LONGEST_SIDE}`,
  );
}

/** The error of {@link checkPixelCount}, for decoders that count the pixels themselves. */
export const tooManyPixels = (name: string, maxPixels: number, cause?: unknown): FaceXFormerError =>
  new FaceXFormerError('BAD_IMAGE', `${name} has more than the ${maxPixels} pixels that maxPixels allows`, {
    cause,
  });

/** What to do with what is nearly a photo. */
const HOW: Readonly<Record<string, string>> = {
  Response: '; of a Response, await response.blob()',
  Request: '; of a Request, await request.blob()',
  ReadableStream: '; of a stream, await new Response(stream).blob()',
  Promise: '; await the promise',
};

/** The error for an image of a kind that the runtime does not decode. */
export const unknownImage = (image: unknown, kinds: string): FaceXFormerError =>
  new FaceXFormerError(
    'BAD_IMAGE',
    `cannot decode ${kindOf(image)}: pass ${kinds}${HOW[tagOf(image)] ?? ''}`,
  );
