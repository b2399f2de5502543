import type { Pixels, Size } from '@facexformer/core';
import type { ViewTransform } from '@facexformer/core/image';
import type { Frame } from '@facexformer/data';

/** A tile shows more than the frame of a face by this factor, so that augmentation can shift and shrink. */
export const TILE_MARGIN = 1.25;

/** From a photo's pixels to those of a tile of `side` pixels that shows `frame`. */
export function tileView({ width, height }: Size, frame: Frame, side: number): ViewTransform {
  const scale = side / frame.side;
  const shift = (centre: number): number => (side - 1) / 2 - scale * centre;
  return {
    photo: { width, height },
    view: { width: side, height: side },
    matrix: [scale, 0, 0, scale, shift(frame.centreX), shift(frame.centreY)],
    mirrored: false,
    rotation: 0,
  };
}

/** Cuts `frame` from a photo with bilinear interpolation, repeating the edge: [side, side, 3]. */
export function cutTile({ data, width, height }: Pixels, frame: Frame, side: number): Uint8Array {
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
