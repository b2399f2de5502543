/**
 * Antialiased bicubic scaling, byte for byte what Pillow computes (`Image.resize(..., BICUBIC)`), because the
 * released weights were trained on its output: a = -0.5, support widened when shrinking, 22-bit fixed-point weights,
 * and a picture of 8-bit values between the horizontal and the vertical pass.
 */
import { demand } from '../base/arguments.js';
import { FaceXFormerError } from '../base/errors.js';
import { BOX, type Box, SIZE } from './geometry.js';
import { checkPixels, type Pixels } from './pixels.js';

/** 32 bits less 8 for the value and 2 for the overshoot of negative lobes. */
const PRECISION_BITS = 22;
const HALF = 1 << (PRECISION_BITS - 1);
const LARGEST_SIDE = 16384;

/**
 * The weights of one axis: output `i` is the sum of `count` source positions from `first[i]`, times
 * `weights[i * count + k]`, of which those from `used[i]` on are 0.
 */
interface Taps {
  readonly count: number;
  readonly first: Int32Array;
  readonly used: Int32Array;
  readonly weights: Int32Array;
}

/**
 * Scales the crop of a picture (by default all of it) to `size`; the aspect is not kept. Pixels outside the crop have
 * no influence. Where the crop reaches over the picture's edge, the edge pixels are repeated.
 * @throws {FaceXFormerError} `BAD_IMAGE` for inconsistent pixels, `BAD_OPTION` for a size or crop that is not whole
 * and positive.
 */
export function resizeBicubic(
  pixels: Pixels,
  size: { readonly width: number; readonly height: number },
  crop: Box = { x: 0, y: 0, width: pixels?.width, height: pixels?.height },
): Pixels {
  checkPixels(pixels);
  demand(size, SIZE, 'resizeBicubic: size');
  demand(crop, BOX, 'resizeBicubic: crop');
  checkSize('size', size);
  checkSize('crop', crop, LARGEST_SIDE * 8);
  if (!Number.isInteger(crop.x) || !Number.isInteger(crop.y)) {
    throw new FaceXFormerError('BAD_OPTION', `crop must start at whole pixels, not ${crop.x}, ${crop.y}`);
  }
  const across = taps(crop.x, crop.width, pixels.width, size.width);
  const down = taps(crop.y, crop.height, pixels.height, size.height);
  const top = down.first[0]!;
  const bottom = down.first[size.height - 1]! + down.count;
  const rows = scaleRows(pixels, across, top, bottom);
  return { width: size.width, height: size.height, data: scaleColumns(rows, size.width * 3, top, down) };
}

/** Horizontal pass over the rows `top` to `bottom` [rows, W, 3] -> [rows, w, 3]. */
function scaleRows(
  { data, width }: Pixels,
  { count, first, used, weights }: Taps,
  top: number,
  bottom: number,
): Uint8ClampedArray {
  const out = new Uint8ClampedArray((bottom - top) * first.length * 3);
  let to = 0;
  for (let y = top; y < bottom; y++) {
    for (let x = 0; x < first.length; x++) {
      let red = HALF;
      let green = HALF;
      let blue = HALF;
      let from = (y * width + first[x]!) * 3;
      const end = x * count + used[x]!;
      for (let k = x * count; k < end; k++, from += 3) {
        const weight = weights[k]!;
        red = (red + Math.imul(data[from]!, weight)) | 0;
        green = (green + Math.imul(data[from + 1]!, weight)) | 0;
        blue = (blue + Math.imul(data[from + 2]!, weight)) | 0;
      }
      out[to++] = red >> PRECISION_BITS;
      out[to++] = green >> PRECISION_BITS;
      out[to++] = blue >> PRECISION_BITS;
    }
  }
  return out;
}

/** Vertical pass [rows, stride] -> [h, stride]; `top` is the picture row that `rows` starts with. */
function scaleColumns(
  rows: Uint8ClampedArray,
  stride: number,
  top: number,
  { count, first, used, weights }: Taps,
): Uint8Array {
  const out = new Uint8ClampedArray(first.length * stride);
  const sums = new Int32Array(stride);
  for (let y = 0; y < first.length; y++) {
    sums.fill(HALF);
    for (let k = 0; k < used[y]!; k++) {
      const weight = weights[y * count + k]!;
      const from = (first[y]! - top + k) * stride;
      for (let x = 0; x < stride; x++) sums[x]! += Math.imul(rows[from + x]!, weight);
    }
    const to = y * stride;
    for (let x = 0; x < stride; x++) out[to + x] = sums[x]! >> PRECISION_BITS;
  }
  return new Uint8Array(out.buffer);
}

/** The weights that bring `length` pixels from `start` to `size`; positions outside 0..limit count for the edge pixel. */
function taps(start: number, length: number, limit: number, size: number): Taps {
  const scale = length / size;
  const stretch = Math.max(scale, 1);
  const support = 2 * stretch;
  // Never more taps than the picture has pixels: those beyond its edge are folded into the edge.
  const count = Math.min(Math.ceil(support) * 2 + 1, limit);
  const first = new Int32Array(size);
  const used = new Int32Array(size);
  const weights = new Int32Array(size * count);
  const kernel = new Float64Array(Math.ceil(support) * 2 + 2);
  for (let i = 0; i < size; i++) {
    const center = (i + 0.5) * scale;
    const from = Math.max(0, Math.trunc(center - support + 0.5));
    const to = Math.min(length, Math.trunc(center + support + 0.5));
    let total = 0;
    for (let x = from; x < to; x++) {
      kernel[x - from] = bicubic((x - center + 0.5) * (1 / stretch));
      total += kernel[x - from]!;
    }
    first[i] = clamp(start + from, 0, limit - count);
    for (let x = from; x < to; x++) {
      const value = (kernel[x - from]! / total) * (1 << PRECISION_BITS);
      const at = clamp(start + x, 0, limit - 1) - first[i]!;
      weights[i * count + at]! += Math.trunc(value < 0 ? value - 0.5 : value + 0.5);
      used[i] = Math.max(used[i]!, at + 1);
    }
  }
  return { count, first, used, weights };
}

const clamp = (value: number, low: number, high: number): number => Math.min(Math.max(value, low), high);

/** Keys' cubic with a = -0.5, evaluated in Pillow's order. */
export function bicubic(position: number): number {
  const x = Math.abs(position);
  if (x < 1) return (1.5 * x - 2.5) * x * x + 1;
  if (x < 2) return (((x - 5) * x + 8) * x - 4) * -0.5;
  return 0;
}

function checkSize(
  what: string,
  { width, height }: { readonly width: number; readonly height: number },
  most = LARGEST_SIDE,
): void {
  for (const side of [width, height]) {
    if (!Number.isInteger(side) || side < 1 || side > most) {
      throw new FaceXFormerError(
        'BAD_OPTION',
        `${what} must be whole pixels from 1 to ${most}, not ${width} x ${height}`,
      );
    }
  }
}
