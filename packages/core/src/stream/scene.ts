import type { Pixels } from '../image/pixels.js';

const COLUMNS = 16;
const ROWS = 12;

/** Mean change of a sample, 0..255, beyond which the scene has changed; moving people change it far less. */
const CUT = 40;

/** Tells whether a frame shows another scene than the one before it: a cut, another camera, the light turned on. */
export function createCutDetector(): (pixels: Pixels) => boolean {
  let last: Uint8Array | undefined;
  return (pixels) => {
    const samples = sample(pixels);
    const before = last;
    last = samples;
    if (!before) return false;
    const change = samples.reduce((sum, value, i) => sum + Math.abs(value - before[i]!), 0);
    return change / samples.length > CUT;
  };
}

/** The green channel at the centres of a grid's cells, [ROWS * COLUMNS]. */
function sample({ width, height, data }: Pixels): Uint8Array {
  return Uint8Array.from({ length: COLUMNS * ROWS }, (_, i) => {
    const x = Math.floor((((i % COLUMNS) + 0.5) * width) / COLUMNS);
    const y = Math.floor(((Math.floor(i / COLUMNS) + 0.5) * height) / ROWS);
    return data[3 * (y * width + x) + 1]!;
  });
}
