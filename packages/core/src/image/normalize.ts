import { demand, FLOATS, having, LIST } from '../base/arguments.js';
import { FaceXFormerError } from '../base/errors.js';
import { checkPixels, type Pixels } from './pixels.js';

/** Per-channel RGB normalisation, applied to values in 0..1. */
export interface Normalization {
  readonly mean: readonly [number, number, number];
  readonly std: readonly [number, number, number];
}

const NORMALIZATION = having('{ mean, std } of three numbers each', { mean: LIST, std: LIST });

/**
 * Writes a picture as the network wants it: [H, W, 3] bytes -> [3, H, W] floats at `offset`, each
 * (value / 255 - mean) / std, rounded to float32 after every step like torchvision's `ToTensor` and `Normalize`.
 * @throws {FaceXFormerError} `BAD_OPTION` when `std` is not positive, `BAD_TENSOR` when `target` is too short.
 */
export function normalizeInto(
  pixels: Pixels,
  normalization: Normalization,
  target: Float32Array,
  offset = 0,
): void {
  checkPixels(pixels);
  const { width, height, data } = pixels;
  const { mean, std } = demand(normalization, NORMALIZATION, 'normalizeInto: normalization');
  demand(target, FLOATS, 'normalizeInto: target');
  const size = width * height;
  if (!Number.isInteger(offset) || offset < 0 || offset + 3 * size > target.length) {
    throw new FaceXFormerError(
      'BAD_TENSOR',
      `${3 * size} values do not fit at ${offset} in a tensor of ${target.length}`,
    );
  }
  for (let channel = 0; channel < 3; channel++) {
    const table = normalizedValues(mean[channel]!, std[channel]!);
    const to = offset + channel * size;
    for (let i = 0, from = channel; i < size; i++, from += 3) target[to + i] = table[data[from]!]!;
  }
}

/** What each of the 256 bytes becomes. */
function normalizedValues(mean: number, std: number): Float32Array {
  if (!(Number.isFinite(mean) && Number.isFinite(std) && std > 0)) {
    throw new FaceXFormerError(
      'BAD_OPTION',
      `normalization must have a finite mean and a std above 0, not mean ${mean} and std ${std}`,
    );
  }
  const table = new Float32Array(256);
  for (let value = 0; value < 256; value++) {
    table[value] = Math.fround(Math.fround(value / 255) - Math.fround(mean)) / Math.fround(std);
  }
  return table;
}
