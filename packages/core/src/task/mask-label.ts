import { tagOf } from '../base/arguments.js';
import { gridToPhoto } from '../image/geometry.js';
import { inverseMatrix, type ViewTransform } from '../image/view-transform.js';
import { unknownLabel } from './labels.js';
import type { LabelContext } from './learning.js';

/** A class number per pixel of the photo: 0 background, 1 the first label, 255 unknown. */
export interface MaskLabel {
  readonly width: number;
  readonly height: number;
  /** Row by row from the top, `width * height` of them. */
  readonly data: Uint8Array;
}

/** The class of pixels of which nothing is known. */
export const UNKNOWN_CLASS = 255;

/** @throws {FaceXFormerError} `BAD_OPTION` for anything but a mask. */
export function checkMask(task: string, label: unknown): MaskLabel {
  const { width, height, data } = (label ?? {}) as Partial<MaskLabel>;
  if (!data || tagOf(data) !== 'Uint8Array' || !width || !height || data.length !== width * height) {
    throw unknownLabel(task, label, 'it needs a mask { width, height, data: Uint8Array } in photo pixels');
  }
  return { width, height, data };
}

/**
 * The class in each cell of a raw output [planes, rows, columns] over the crop, nearest neighbour: [rows * columns],
 * {@link UNKNOWN_CLASS} beyond the photo.
 * @throws {FaceXFormerError} `BAD_OPTION` for anything but a mask, and for a class above `last`.
 */
export function sampleMask(
  task: string,
  label: unknown,
  { crop, raw }: LabelContext,
  last: number,
): Uint8Array {
  const { width, height, data } = checkMask(task, label);
  const [, rows, columns] = raw as readonly [number, number, number];
  const cells = new Uint8Array(rows * columns);
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const place = gridToPhoto({ x: column, y: row }, { columns, rows }, crop);
      const [x, y] = [Math.floor(place.x + 0.5), Math.floor(place.y + 0.5)];
      const inside = x >= 0 && y >= 0 && x < width && y < height;
      const value = inside ? data[y * width + x]! : UNKNOWN_CLASS;
      if (value !== UNKNOWN_CLASS && value > last)
        throw unknownLabel(task, value, `a mask may hold 0 to ${last}, and 255`);
      cells[row * columns + column] = value;
    }
  }
  return cells;
}

/** A mask as planes [classes, rows, columns] over the crop, nearest neighbour; unknown pixels are -1 in every plane. */
export function encodeMask(task: string, label: unknown, context: LabelContext): Float32Array {
  const [classes] = context.raw as readonly [number, number, number];
  const cells = sampleMask(task, label, context, classes);
  const planes = new Float32Array(classes * cells.length);
  cells.forEach((value, cell) => {
    for (let plane = 0; plane < classes; plane += 1) {
      planes[plane * cells.length + cell] = value === UNKNOWN_CLASS ? -1 : Number(value === plane + 1);
    }
  });
  return planes;
}

/** The mask of a view of the photo that it lies over, nearest neighbour; unknown beyond the photo. */
export function transformMask({ width, height, data }: MaskLabel, transform: ViewTransform): MaskLabel {
  const { photo, view } = transform;
  const [a, b, c, d, e, f] = inverseMatrix(transform);
  const [across, down] = [width / photo.width, height / photo.height];
  const seen = new Uint8Array(view.width * view.height).fill(UNKNOWN_CLASS);
  for (let row = 0; row < view.height; row += 1) {
    for (let column = 0; column < view.width; column += 1) {
      const x = Math.floor((a * column + c * row + e + 0.5) * across);
      const y = Math.floor((b * column + d * row + f + 0.5) * down);
      if (x >= 0 && y >= 0 && x < width && y < height) {
        seen[row * view.width + column] = data[y * width + x]!;
      }
    }
  }
  return { ...view, data: seen };
}
