import { fixed } from '../shape.js';
import type { Value } from '../value.js';

/** What stands for zero in a quantised weight. */
export const ZERO_POINT = 128;

/**
 * A weight [rows, width] in eight bits, one symmetric scale per row. Unsigned, since the product of unsigned and signed
 * bytes saturates at 16 bits on processors with AVX2 but without VNNI.
 */
export interface QuantizedWeight {
  /** Transposed, [width, rows], as the integer product wants it; 128 stands for zero. */
  readonly data: Uint8Array;
  readonly scales: Float32Array;
}

/** Narrower layers stay in fp32: quantising the input would cost more than the product saves. */
const MIN_WIDTH = 64;

/** Whether a linear layer is wide enough to gain from int8. */
export const isQuantizable = ({ inputs }: Value & { readonly op: 'linear' }): boolean =>
  fixed('linear', inputs[1]!.shape, 0) >= MIN_WIDTH && fixed('linear', inputs[1]!.shape, 1) >= MIN_WIDTH;

/** Rounds a weight [rows, width] to eight bits, row by row. */
export function quantizeRows(weight: Float32Array, rows: number, width: number): QuantizedWeight {
  const data = new Uint8Array(rows * width);
  const scales = new Float32Array(rows);
  for (let row = 0; row < rows; row += 1) {
    let top = 0;
    for (let i = row * width; i < (row + 1) * width; i += 1) top = Math.max(top, Math.abs(weight[i]!));
    const scale = Math.fround(top / 127) || 1;
    scales[row] = scale;
    for (let i = 0; i < width; i += 1) {
      data[i * rows + row] = ZERO_POINT + Math.round(weight[row * width + i]! / scale);
    }
  }
  return { data, scales };
}
