import { unknownLabel } from './labels.js';
import type { LabelContext } from './learning.js';

/** A class number per pixel of the photo: 0 background, 1 the first label, 255 unknown. */
export interface MaskLabel {
  readonly width: number;
  readonly height: number;
  /** Row by row from the top, `width * height` of them. */
  readonly data: Uint8Array;
}

const UNKNOWN = 255;

function maskOf(task: string, label: unknown): MaskLabel {
  const { width, height, data } = (label ?? {}) as Partial<MaskLabel>;
  if (!(data instanceof Uint8Array) || !width || !height || data.length !== width * height) {
    throw unknownLabel(task, label, 'it needs a mask { width, height, data: Uint8Array } in photo pixels');
  }
  return { width, height, data };
}

/** A mask as planes [classes, rows, columns] over the crop, nearest neighbour; unknown pixels are -1 in every plane. */
export function encodeMask(task: string, label: unknown, { crop, raw }: LabelContext): Float32Array {
  const { width, height, data } = maskOf(task, label);
  const [classes, rows, columns] = raw as readonly [number, number, number];
  const planes = new Float32Array(classes * rows * columns);
  for (let row = 0; row < rows; row += 1) {
    const y = Math.floor(crop.y + ((row + 0.5) * crop.height) / rows);
    for (let column = 0; column < columns; column += 1) {
      const x = Math.floor(crop.x + ((column + 0.5) * crop.width) / columns);
      const inside = x >= 0 && y >= 0 && x < width && y < height;
      const value = inside ? data[y * width + x]! : UNKNOWN;
      if (value !== UNKNOWN && value > classes)
        throw unknownLabel(task, value, `a mask may hold 0 to ${classes}, and 255`);
      const cell = row * columns + column;
      for (let plane = 0; plane < classes; plane += 1) {
        planes[plane * rows * columns + cell] = value === UNKNOWN ? -1 : Number(value === plane + 1);
      }
    }
  }
  return planes;
}

/** The mask of the mirrored photo. */
export function mirrorMask(task: string, label: unknown): MaskLabel {
  const { width, height, data } = maskOf(task, label);
  return { width, height, data: data.map((_, i) => data[i - (i % width) + (width - 1 - (i % width))]!) };
}
