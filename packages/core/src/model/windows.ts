import { constant, gather, pad, reshape } from '../graph/ops.js';
import type { Value } from '../graph/value.js';

/** How a map of height x width tokens is cut into shifted windows (Swin, arXiv 2103.14030 section 3.2). */
export interface WindowLayout {
  readonly window: number;
  readonly windows: number;
  /** Token of the map that fills each window slot; height * width stands for padding. */
  readonly partition: Int32Array;
  /** Window slot that holds each token of the map. */
  readonly reverse: Int32Array;
  /** [windows, window^2, window^2] of 0 or -100, or undefined where nothing is masked. */
  readonly mask: Float32Array | undefined;
}

export function windowLayout(height: number, width: number, window: number, shifted: boolean): WindowLayout {
  const rows = axisLayout(height, window, shifted);
  const columns = axisLayout(width, window, shifted);
  const area = window * window;
  const windows = rows.windows * columns.windows;
  const partition = new Int32Array(windows * area).fill(height * width);
  const reverse = new Int32Array(height * width);
  const region = new Int32Array(windows * area);
  for (let row = 0; row < rows.padded; row += 1) {
    for (let column = 0; column < columns.padded; column += 1) {
      const index = Math.floor(row / window) * columns.windows + Math.floor(column / window);
      const slot = index * area + (row % window) * window + (column % window);
      region[slot] = 3 * rows.band(row) + columns.band(column);
      const y = (row + rows.shift) % rows.padded; // the map was rolled by -shift
      const x = (column + columns.shift) % columns.padded;
      if (y >= height || x >= width) continue;
      partition[slot] = y * width + x;
      reverse[y * width + x] = slot;
    }
  }
  const masked = rows.shift > 0 || columns.shift > 0;
  return { window, windows, partition, reverse, mask: masked ? maskOf(region, windows, area) : undefined };
}

function axisLayout(size: number, window: number, shifted: boolean) {
  const padded = Math.ceil(size / window) * window;
  const shift = shifted && window < padded ? Math.floor(window / 2) : 0;
  const band = (position: number): number => {
    if (shift === 0 || position < padded - window) return 0;
    return position < padded - shift ? 1 : 2;
  };
  return { padded, shift, band, windows: padded / window };
}

/** Tokens of different regions of the rolled map must not see each other. */
function maskOf(region: Int32Array, windows: number, area: number): Float32Array {
  const mask = new Float32Array(windows * area * area);
  for (let w = 0; w < windows; w += 1) {
    for (let i = 0; i < area; i += 1) {
      for (let j = 0; j < area; j += 1) {
        const same = region[w * area + i] === region[w * area + j];
        mask[(w * area + i) * area + j] = same ? 0 : -100;
      }
    }
  }
  return mask;
}

const isIdentity = (indices: Int32Array, size: number): boolean =>
  indices.length === size && indices.every((index, i) => index === i);

/** [B, H * W, C] -> [B, windows, window^2, C]; padding is zeros. */
export function partitionWindows(x: Value, layout: WindowLayout): Value {
  const [batch, tokens, channels] = x.shape as [Value['shape'][number], number, number];
  const padding = layout.partition.includes(tokens) ? 1 : 0;
  const padded = pad(x, [0, 0, 0], [0, padding, 0]); // [B, H * W + 1, C]
  const rows = isIdentity(layout.partition, tokens) ? x : gather(padded, 1, layout.partition);
  return reshape(rows, [batch, layout.windows, layout.window ** 2, channels]);
}

/** [B, windows, window^2, C] -> [B, H * W, C]; padding is dropped. */
export function reverseWindows(x: Value, layout: WindowLayout): Value {
  const [batch, windows, area, channels] = x.shape as [Value['shape'][number], number, number, number];
  const rows = reshape(x, [batch, windows * area, channels]);
  return isIdentity(layout.reverse, windows * area) ? rows : gather(rows, 1, layout.reverse);
}

/** The mask as a graph constant [windows, 1, area, area], to be added to per-head biases. */
export function maskConstant({ mask, windows, window }: WindowLayout): Value | undefined {
  return mask && constant([windows, 1, window ** 2, window ** 2], mask);
}

/** Row of the relative position table for each query-key pair of a window, query-major. */
export function relativePositionIndex(window: number): Int32Array {
  const area = window * window;
  return Int32Array.from({ length: area * area }, (_, pair) => {
    const [query, key] = [Math.floor(pair / area), pair % area];
    const dy = Math.floor(query / window) - Math.floor(key / window) + window - 1;
    const dx = (query % window) - (key % window) + window - 1;
    return dy * (2 * window - 1) + dx;
  });
}
