/** Quantisation tables that the JPEG standard gives as examples (ITU-T T.81, annex K.1), row by row. */
const LUMA = [
  16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22,
  29, 51, 87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103,
  121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99,
];
const COARSEST = 99;
const CHROMA_CORNER = [
  [17, 18, 24, 47],
  [18, 21, 26, 66],
  [24, 26, 56],
  [47, 66],
];
const CHROMA = Array.from({ length: 64 }, (_, i) => CHROMA_CORNER[i >> 3]?.[i & 7] ?? COARSEST);

/** Orthonormal 8-point cosine transform, [frequency, place]. */
const COSINES = Float32Array.from({ length: 64 }, (_, i) => {
  const [frequency, place] = [Math.floor(i / 8), i % 8];
  return (frequency === 0 ? Math.SQRT1_2 : 1) * 0.5 * Math.cos(((2 * place + 1) * frequency * Math.PI) / 16);
});

/** Steps of the coefficients of lightness and both colours, row by row. @param quality 1..100 as in libjpeg */
export function jpegTables(quality: number): readonly (readonly number[])[] {
  const scale = (quality < 50 ? 5000 / quality : 200 - 2 * quality) / 100;
  return [LUMA, CHROMA, CHROMA].map((table) => table.map((step) => Math.max(Math.round(step * scale), 1)));
}

/**
 * What JPEG does to planes [3, size, size] of 0..255, in place: colour transform, 8 x 8 cosine transform, rounding to
 * multiples of the tables, and back. Colour is kept at full resolution. A rim that fills no block stays as it is.
 * @param quality 1..100 as in libjpeg
 */
export function compress(view: Float32Array, size: number, quality: number): void {
  const plane = size * size;
  const tables = jpegTables(quality);
  const blocks = [0, 1, 2].map(() => new Float32Array(64));
  const scratch = new Float32Array(64);
  for (let top = 0; top + 8 <= size; top += 8) {
    for (let left = 0; left + 8 <= size; left += 8) {
      for (let i = 0; i < 64; i += 1) {
        const at = (top + (i >> 3)) * size + left + (i & 7);
        const [r, g, b] = [view[at]!, view[at + plane]!, view[at + 2 * plane]!];
        const y = 0.299 * r + 0.587 * g + 0.114 * b;
        blocks[0]![i] = y - 128;
        blocks[1]![i] = 0.564 * (b - y);
        blocks[2]![i] = 0.713 * (r - y);
      }
      blocks.forEach((block, c) => {
        roundTrip(block, tables[c]!, scratch);
      });
      for (let i = 0; i < 64; i += 1) {
        const at = (top + (i >> 3)) * size + left + (i & 7);
        const y = blocks[0]![i]! + 128;
        const [blue, red] = [blocks[1]![i]! / 0.564, blocks[2]![i]! / 0.713];
        view[at] = clamp(y + red);
        view[at + plane] = clamp(y - (0.299 * red + 0.114 * blue) / 0.587);
        view[at + 2 * plane] = clamp(y + blue);
      }
    }
  }
}

const clamp = (value: number): number => Math.min(Math.max(value, 0), 255);

/** Transforms a block, rounds its coefficients, transforms back. */
function roundTrip(block: Float32Array, table: readonly number[], scratch: Float32Array): void {
  cosineTransform(block, scratch, true);
  for (let i = 0; i < 64; i += 1) block[i] = Math.round(block[i]! / table[i]!) * table[i]!;
  cosineTransform(block, scratch, false);
}

/** The transform of an 8 x 8 block, row by row, or its inverse, in place. */
export function cosineTransform(block: Float32Array, scratch: Float32Array, forward: boolean): void {
  turn(block, scratch, forward);
  turn(scratch, block, forward);
}

/** One axis: multiplies the rows by the cosines (or their transpose) and lays the result out transposed. */
function turn(from: Float32Array, to: Float32Array, forward: boolean): void {
  for (let row = 0; row < 8; row += 1) {
    for (let k = 0; k < 8; k += 1) {
      let sum = 0;
      for (let n = 0; n < 8; n += 1) {
        sum += from[row * 8 + n]! * COSINES[forward ? k * 8 + n : n * 8 + k]!;
      }
      to[k * 8 + row] = sum;
    }
  }
}
