import { demand, having, kind, NUMBER, whole } from '../base/arguments.js';

/** A rectangle in photo pixels; `x`, `y` is its top-left corner, edges (not pixel centres): the whole photo is 0, 0, width, height. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Size of a photo in pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A position in photo pixels, (0, 0) being the centre of the top-left pixel. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Checks of arguments. */
export const BOX = having('a box { x, y, width, height } in photo pixels', {
  x: NUMBER,
  y: NUMBER,
  width: NUMBER,
  height: NUMBER,
});
export const POINT = having('a point { x, y }', { x: NUMBER, y: NUMBER });
const SIDE = kind('a number above 0', (value) => Number.isFinite(value) && Number(value) > 0);
export const SIZE = having('a size { width, height } in pixels', { width: SIDE, height: SIDE });

/**
 * A position that a network states in -1..1 over its input, in photo pixels. -1 and 1 are the outer edges of the
 * crop (`align_corners=false`), so px = ((p + 1) * size - 1) / 2 within it.
 */
export function unitToPhoto(point: Point, crop: Box): Point {
  const { x, y } = demand(point, POINT, 'unitToPhoto: point');
  demand(crop, BOX, 'unitToPhoto: crop');
  return {
    x: ((x + 1) * crop.width - 1) / 2 + crop.x,
    y: ((y + 1) * crop.height - 1) / 2 + crop.y,
  };
}

/** The inverse of {@link unitToPhoto}: a photo position in -1..1 over the crop. */
export function photoToUnit(point: Point, crop: Box): Point {
  const { x, y } = demand(point, POINT, 'photoToUnit: point');
  demand(crop, BOX, 'photoToUnit: crop');
  return {
    x: (2 * (x - crop.x) + 1) / crop.width - 1,
    y: (2 * (y - crop.y) + 1) / crop.height - 1,
  };
}

/** Columns and rows of a map that a network lays over its crop, such as a parsing mask. */
export interface Grid {
  readonly columns: number;
  readonly rows: number;
}

const GRID = having('a grid { columns, rows }', { columns: whole(1), rows: whole(1) });

/** A photo position in cells of a grid over the crop; whole numbers are cell centres. */
export function photoToGrid(point: Point, grid: Grid, crop: Box): Point {
  const { x, y } = demand(point, POINT, 'photoToGrid: point');
  const { columns, rows } = demand(grid, GRID, 'photoToGrid: grid');
  demand(crop, BOX, 'photoToGrid: crop');
  return {
    x: ((x + 0.5 - crop.x) * columns) / crop.width - 0.5,
    y: ((y + 0.5 - crop.y) * rows) / crop.height - 0.5,
  };
}

/** The area that two boxes share over the area they cover together, 0..1; 0 when both are empty. */
export function intersectionOverUnion(a: Box, b: Box): number {
  demand(a, BOX, 'intersectionOverUnion: a');
  demand(b, BOX, 'intersectionOverUnion: b');
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  if (!(width > 0 && height > 0)) return 0;
  const shared = width * height;
  return shared / (a.width * a.height + b.width * b.height - shared);
}
