import { cosineTransform, jpegTables } from '../../packages/train/src/whole/augment/jpeg.js';

/** As in libjpeg. */
export const QUALITY = 85;

const BLOCK = 8;
const [LUMA, CHROMA] = jpegTables(QUALITY);

/**
 * RGB tiles [side, side, 3] as JPEG would keep them (colours at half the resolution), but for its last step: their
 * rounded coefficients by frequency, so that zlib finds the zeros together and a GPU turns them back at once. Three
 * planes (lightness, two colours), each [64, tiles, rows, columns] numbers of two bytes: all lower bytes, then all
 * upper ones. The first frequency holds differences to the number before; the sign is the lowest bit.
 */
export function encodeTiles(tiles: readonly Uint8Array[], side: number): Uint8Array {
  const across = 2 * Math.ceil(side / (2 * BLOCK)); // blocks of lightness, an even number
  const [full, half] = [across * BLOCK, (across * BLOCK) / 2];
  const planes = tiles.map((tile) => planesOf(tile, side, full));
  const parts = [
    encodePlane(
      planes.map(([luma]) => luma),
      full,
      LUMA!,
    ),
    ...[1, 2].map((c) =>
      encodePlane(
        planes.map((plane) => halved(plane[c]!, full)),
        half,
        CHROMA!,
      ),
    ),
  ];
  return Buffer.concat(parts);
}

/** Lightness and both colours [full, full] about zero, the edge repeated. */
function planesOf(tile: Uint8Array, side: number, full: number): readonly [Float32Array, ...Float32Array[]] {
  const planes = [0, 1, 2].map(() => new Float32Array(full * full));
  for (let i = 0; i < full * full; i += 1) {
    const row = Math.min(Math.floor(i / full), side - 1);
    const at = 3 * (row * side + Math.min(i % full, side - 1));
    const [r, g, b] = [tile[at]!, tile[at + 1]!, tile[at + 2]!];
    const y = 0.299 * r + 0.587 * g + 0.114 * b;
    planes[0]![i] = y - 128;
    planes[1]![i] = 0.564 * (b - y);
    planes[2]![i] = 0.713 * (r - y);
  }
  return planes as [Float32Array, ...Float32Array[]];
}

/** Means of 2 x 2 values. */
function halved(plane: Float32Array, side: number): Float32Array {
  const half = side / 2;
  return Float32Array.from({ length: half * half }, (_, i) => {
    const at = 2 * Math.floor(i / half) * side + 2 * (i % half);
    return (plane[at]! + plane[at + 1]! + plane[at + side]! + plane[at + side + 1]!) / 4;
  });
}

function encodePlane(planes: readonly Float32Array[], side: number, table: readonly number[]): Uint8Array {
  const across = side / BLOCK;
  const count = planes.length * across * across; // blocks
  const lower = new Uint8Array(64 * count);
  const upper = new Uint8Array(64 * count);
  const [block, scratch] = [new Float32Array(64), new Float32Array(64)];
  let before = 0;
  for (let at = 0; at < count; at += 1) {
    const plane = planes[Math.floor(at / across ** 2)]!;
    const top = BLOCK * Math.floor((at % across ** 2) / across);
    const left = BLOCK * (at % across);
    for (let i = 0; i < 64; i += 1) block[i] = plane[(top + (i >> 3)) * side + left + (i & 7)]!;
    cosineTransform(block, scratch, true);
    for (let i = 0; i < 64; i += 1) {
      const rounded = Math.round(block[i]! / table[i]!);
      const value = i === 0 ? rounded - before : rounded;
      if (i === 0) before = rounded;
      const code = value < 0 ? -2 * value - 1 : 2 * value;
      lower[i * count + at] = code & 255;
      upper[i * count + at] = code >> 8;
    }
  }
  return Buffer.concat([lower, upper]);
}
