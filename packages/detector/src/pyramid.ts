import type { Pixels } from '@facexformer/core';

/** A square part of the photo, in photo pixels; it may reach over the edges. */
export interface Window {
  readonly x: number;
  readonly y: number;
  readonly side: number;
}

/** The photo at its size, a half, a quarter, ... down to sides of two pixels; each level is computed when first needed. */
export interface Pyramid {
  /** The smallest picture that still has at least `1 / step` of the photo's resolution, and the factor by which it is smaller than the photo. */
  level(step: number): { readonly pixels: Pixels; readonly reduction: number };
}

export function pyramid(photo: Pixels): Pyramid {
  const levels = [photo];
  return {
    level(step) {
      let index = 0;
      for (; 2 ** (index + 1) <= step; index++) {
        const { width, height } = levels[index]!;
        if (Math.min(width, height) < 4) break;
        levels[index + 1] ??= halve(levels[index]!);
      }
      return { pixels: levels[index]!, reduction: 2 ** index };
    },
  };
}

/** Means of 2x2 pixels; an odd last row or column is left out. */
function halve({ width, height, data }: Pixels): Pixels {
  const [columns, rows] = [width >> 1, height >> 1];
  const half = new Uint8Array(columns * rows * 3);
  const stride = width * 3;
  let to = 0;
  for (let y = 0; y < rows; y++) {
    let from = 2 * y * stride;
    for (let x = 0; x < columns; x++, from += 6, to += 3) {
      for (let c = 0; c < 3; c++) {
        const above = data[from + c]! + data[from + c + 3]!;
        const below = data[from + c + stride]! + data[from + c + stride + 3]!;
        half[to + c] = (above + below + 2) >> 2;
      }
    }
  }
  return { width: columns, height: rows, data: half };
}

/** The value that the network sees beyond the photo: black. */
const OUTSIDE = -1;

/**
 * Writes a window of the photo as [3, size, size] in -1..1 to `target` at `offset`: bilinear, from the picture of the
 * pyramid that is at most twice as fine.
 */
export function sampleWindow(
  source: Pyramid,
  window: Window,
  size: number,
  target: Float32Array,
  offset: number,
): void {
  const { pixels, reduction } = source.level(window.side / size);
  const step = window.side / size / reduction;
  const columns = taps(window.x / reduction, step, size, pixels.width);
  const rows = taps(window.y / reduction, step, size, pixels.height);
  const { width, data } = pixels;
  const plane = size * size;
  target.fill(OUTSIDE, offset, offset + 3 * plane);
  for (let y = rows.first; y < rows.last; y++) {
    const [above, below, down] = [rows.low[y]! * width, rows.high[y]! * width, rows.fraction[y]!];
    for (let x = columns.first; x < columns.last; x++) {
      const [left, right, across] = [columns.low[x]!, columns.high[x]!, columns.fraction[x]!];
      const [a, b] = [(above + left) * 3, (above + right) * 3];
      const [c, d] = [(below + left) * 3, (below + right) * 3];
      let to = offset + y * size + x;
      for (let channel = 0; channel < 3; channel++, to += plane) {
        const upper = data[a + channel]! + (data[b + channel]! - data[a + channel]!) * across;
        const lower = data[c + channel]! + (data[d + channel]! - data[c + channel]!) * across;
        target[to] = (upper + (lower - upper) * down) / 127.5 - 1;
      }
    }
  }
}

/** For each of `size` positions along an axis the two pixels it lies between; `first` to `last` lie inside the picture. */
function taps(start: number, step: number, size: number, length: number) {
  const low = new Int32Array(size);
  const high = new Int32Array(size);
  const fraction = new Float64Array(size);
  let [first, last] = [size, 0];
  for (let i = 0; i < size; i++) {
    const edge = start + (i + 0.5) * step;
    if (edge < 0 || edge > length) continue;
    const at = Math.min(Math.max(edge - 0.5, 0), length - 1);
    low[i] = Math.floor(at);
    high[i] = Math.min(low[i]! + 1, length - 1);
    fraction[i] = at - low[i]!;
    first = Math.min(first, i);
    last = i + 1;
  }
  return { low, high, fraction, first, last };
}
