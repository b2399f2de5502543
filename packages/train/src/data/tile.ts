import type { Frame } from './framing.js';

/** Class of tile pixels that lie outside the photo. */
export const NO_CLASS = 255;

/** Cuts `frame` from an RGB image with bilinear interpolation, repeating the edge: [side, side, 3]. */
export function cutTile(
  { data, width, height }: { readonly data: Uint8Array; readonly width: number; readonly height: number },
  frame: Frame,
  side: number,
): Uint8Array {
  const tile = new Uint8Array(side * side * 3);
  const step = frame.side / side;
  const left = frame.centreX - frame.side / 2 + step / 2;
  const top = frame.centreY - frame.side / 2 + step / 2;
  const clamp = (value: number, size: number): number => Math.min(Math.max(value, 0), size - 1);
  let at = 0;
  for (let row = 0; row < side; row += 1) {
    const y = clamp(top + row * step, height);
    const y0 = Math.floor(y);
    const fy = y - y0;
    const upper = y0 * width;
    const lower = Math.min(y0 + 1, height - 1) * width;
    for (let column = 0; column < side; column += 1) {
      const x = clamp(left + column * step, width);
      const x0 = Math.floor(x);
      const x1 = Math.min(x0 + 1, width - 1);
      const fx = x - x0;
      for (let c = 0; c < 3; c += 1) {
        const a = data[(upper + x0) * 3 + c]!;
        const b = data[(upper + x1) * 3 + c]!;
        const d = data[(lower + x0) * 3 + c]!;
        const e = data[(lower + x1) * 3 + c]!;
        const high = a + (b - a) * fx;
        tile[at] = high + (d + (e - d) * fx - high) * fy + 0.5;
        at += 1;
      }
    }
  }
  return tile;
}

/** Cuts a class map by nearest neighbour through `classes`; {@link NO_CLASS} outside: [side, side]. */
export function cutMask(
  { data, width, height }: { readonly data: Uint8Array; readonly width: number; readonly height: number },
  frame: Frame,
  side: number,
  classes: readonly number[],
): Uint8Array {
  const tile = new Uint8Array(side * side).fill(NO_CLASS);
  const step = frame.side / side;
  for (let row = 0; row < side; row += 1) {
    const y = Math.round(frame.centreY - frame.side / 2 + (row + 0.5) * step);
    if (y < 0 || y >= height) continue;
    for (let column = 0; column < side; column += 1) {
      const x = Math.round(frame.centreX - frame.side / 2 + (column + 0.5) * step);
      if (x >= 0 && x < width) tile[row * side + column] = classes[data[y * width + x]!] ?? NO_CLASS;
    }
  }
  return tile;
}
