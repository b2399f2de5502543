import { demand, having, kind, NUMBER, whole } from '../base/arguments.js';

/** A rectangle in photo pixels; `x`, `y` is its top-left corner, edges (not pixel centres): the whole photo is 0, 0, width, height. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A box that may be turned about its centre. */
export interface TurnedBox extends Box {
  /** Degrees, clockwise as seen in the photo; absent where it is not turned. */
  readonly roll?: number;
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
/** A {@link Point}, for `demand`. */
export const POINT = having('a point { x, y }', { x: NUMBER, y: NUMBER });
const SIDE = kind('a number above 0', (value) => Number.isFinite(value) && Number(value) > 0);
/** A {@link Size} with sides above 0, for `demand`. */
export const SIZE = having('a size { width, height } in pixels', { width: SIDE, height: SIDE });

/**
 * A position that a network states in -1..1 over its input, in photo pixels. -1 and 1 are the outer edges of the
 * crop (`align_corners=false`), so px = ((p + 1) * size - 1) / 2 within it, before it is turned.
 */
export function unitToPhoto(point: Point, crop: TurnedBox): Point {
  const { x, y } = demand(point, POINT, 'unitToPhoto: point');
  demand(crop, BOX, 'unitToPhoto: crop');
  return fromUnit(x, y, crop);
}

function fromUnit(x: number, y: number, crop: TurnedBox): Point {
  const upright = {
    x: ((x + 1) * crop.width - 1) / 2 + crop.x,
    y: ((y + 1) * crop.height - 1) / 2 + crop.y,
  };
  return crop.roll ? turnPoint(upright, middleOf(crop), crop.roll) : upright;
}

/** The inverse of {@link unitToPhoto}: a photo position in -1..1 over the crop. */
export function photoToUnit(point: Point, crop: TurnedBox): Point {
  demand(point, POINT, 'photoToUnit: point');
  demand(crop, BOX, 'photoToUnit: crop');
  const { x, y } = crop.roll ? turnPoint(point, middleOf(crop), -crop.roll) : point;
  return {
    x: (2 * (x - crop.x) + 1) / crop.width - 1,
    y: (2 * (y - crop.y) + 1) / crop.height - 1,
  };
}

/** A position turned about another by degrees, clockwise as seen in the photo. */
export function turnPoint({ x, y }: Point, about: Point, degrees: number): Point {
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  const [dx, dy] = [x - about.x, y - about.y];
  return { x: about.x + cos * dx - sin * dy, y: about.y + sin * dx + cos * dy };
}

/** The centre of a box as a position. */
export const middleOf = ({ x, y, width, height }: Box): Point => ({
  x: x + (width - 1) / 2,
  y: y + (height - 1) / 2,
});

/** An angle in -180..180. */
export const wrapDegrees = (degrees: number): number => degrees - 360 * Math.round(degrees / 360);

/** Columns and rows of a map that a network lays over its crop, such as a parsing mask. */
export interface Grid {
  readonly columns: number;
  readonly rows: number;
}

const GRID = having('a grid { columns, rows }', { columns: whole(1), rows: whole(1) });

/** A photo position in cells of a grid over the crop; whole numbers are cell centres. */
export function photoToGrid(point: Point, grid: Grid, crop: TurnedBox): Point {
  demand(point, POINT, 'photoToGrid: point');
  demand(grid, GRID, 'photoToGrid: grid');
  demand(crop, BOX, 'photoToGrid: crop');
  return cellAt(point, grid, crop);
}

/** The same for each of many positions, whose arguments need no check. */
export function cellAt(point: Point, { columns, rows }: Grid, crop: TurnedBox): Point {
  const { x, y } = crop.roll ? turnPoint(point, middleOf(crop), -crop.roll) : point;
  return {
    x: ((x + 0.5 - crop.x) * columns) / crop.width - 0.5,
    y: ((y + 0.5 - crop.y) * rows) / crop.height - 0.5,
  };
}

/** The inverse of {@link cellAt}. */
export const gridToPhoto = ({ x, y }: Point, { columns, rows }: Grid, crop: TurnedBox): Point =>
  fromUnit((2 * x + 1) / columns - 1, (2 * y + 1) / rows - 1, crop);

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
