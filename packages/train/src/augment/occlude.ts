import { NO_CLASS } from '../data/tile.js';

/**
 * The 68 points that stand for each of COFW's 29: a place of its own, or the middle between two. There are no hand
 * labels of visibility; it is learned from the occluders that are painted here.
 */
const COFW_PLACES: readonly (readonly [number, number])[] = [
  [17, 17], [26, 26], [21, 21], [22, 22], [19, 19], [19, 37], [24, 24], [24, 44], [36, 36], [45, 45],
  [39, 39], [42, 42], [37, 38], [40, 41], [43, 44], [46, 47], [37, 40], [43, 46], [31, 31], [35, 35],
  [30, 30], [33, 33], [48, 48], [54, 54], [51, 51], [62, 62], [66, 66], [57, 57], [8, 8],
]; // biome-ignore format: pairs by face part

/** An ellipse or rectangle in the view, -1..1. */
interface Occluder {
  readonly x: number;
  readonly y: number;
  readonly rx: number;
  readonly ry: number;
  readonly round: boolean;
}

const covers = ({ x, y, rx, ry, round }: Occluder, px: number, py: number): boolean => {
  const [dx, dy] = [(px - x) / rx, (py - y) / ry];
  return round ? dx * dx + dy * dy < 1 : Math.abs(dx) < 1 && Math.abs(dy) < 1;
};

/** Paints an occluder over planes [3, size, size] and the mask, in place. */
export function paintOccluder(
  view: Float32Array,
  mask: Uint8Array | undefined,
  size: number,
  draw: () => number,
): Occluder {
  const occluder = {
    x: 1.6 * draw() - 0.8,
    y: 1.6 * draw() - 0.8,
    rx: 0.1 + 0.35 * draw(),
    ry: 0.1 + 0.35 * draw(),
    round: draw() < 0.5,
  };
  const painted = paint(view, size, draw, (x, y) => covers(occluder, x, y));
  if (mask) for (const i of painted) mask[i] = NO_CLASS;
  return occluder;
}

/** Paints the pixels that `where` chooses, -1..1, in one random colour, plain or grainy; tells which they were. */
export function paint(
  view: Float32Array,
  size: number,
  draw: () => number,
  where: (x: number, y: number) => boolean,
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
export function pixelsWhere(size: number, where: (x: number, y: number) => boolean): readonly number[] {
  const pixels: number[] = [];
  for (let i = 0; i < size * size; i += 1) {
    const [column, row] = [i % size, Math.floor(i / size)];
    if (where((2 * column + 1) / size - 1, (2 * row + 1) / size - 1)) pixels.push(i);
  }
  return pixels;
}

/** Which of COFW's 29 points the occluder hides, 1 or 0, from 68 points in -1..1. */
export const hiddenPoints = (points: Float32Array, occluder: Occluder | undefined): readonly number[] =>
  COFW_PLACES.map(([a, b]) => {
    const x = (points[2 * a]! + points[2 * b]!) / 2;
    const y = (points[2 * a + 1]! + points[2 * b + 1]!) / 2;
    return occluder && covers(occluder, x, y) ? 1 : 0;
  });
