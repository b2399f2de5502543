import type { Point } from '@facexformer/core';

/** What an occluder hides. */
export interface Occlusion {
  /** Pixels, row by row. */
  readonly painted: readonly number[];
  /** Whether it lies over a place of the view, -1..1. */
  covers(place: Point): boolean;
}

/** Paints an ellipse or a rectangle over planes [3, size, size], in place. */
export function paintOccluder(view: Float32Array, size: number, draw: () => number): Occlusion {
  const [x, y] = [1.6 * draw() - 0.8, 1.6 * draw() - 0.8];
  const [rx, ry] = [0.1 + 0.35 * draw(), 0.1 + 0.35 * draw()];
  const round = draw() < 0.5;
  const covers = (place: Point): boolean => {
    const [dx, dy] = [(place.x - x) / rx, (place.y - y) / ry];
    return round ? dx * dx + dy * dy < 1 : Math.abs(dx) < 1 && Math.abs(dy) < 1;
  };
  return { painted: paint(view, size, draw, covers), covers };
}

/** Paints the pixels that `where` chooses, -1..1, in one random colour, plain or grainy; tells which they were. */
export function paint(
  view: Float32Array,
  size: number,
  draw: () => number,
  where: (place: Point) => boolean,
): readonly number[] {
  const color = [255 * draw(), 255 * draw(), 255 * draw()];
  const grain = draw() < 0.5 ? 120 : 10;
  const plane = size * size;
  const painted = pixelsWhere(size, where);
  for (const i of painted) {
    const shade = grain * (draw() - 0.5);
    for (let c = 0; c < 3; c += 1) view[c * plane + i] = Math.min(Math.max(color[c]! + shade, 0), 255);
  }
  return painted;
}

/** The pixels, row by row, whose centres `where` chooses, -1..1. */
export function pixelsWhere(size: number, where: (place: Point) => boolean): readonly number[] {
  const pixels: number[] = [];
  for (let i = 0; i < size * size; i += 1) {
    const [column, row] = [i % size, Math.floor(i / size)];
    if (where({ x: (2 * column + 1) / size - 1, y: (2 * row + 1) / size - 1 })) pixels.push(i);
  }
  return pixels;
}
