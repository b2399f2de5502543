import { concat, constant, cos, matMul, mul, sin } from '../graph/ops.js';
import type { Value } from '../graph/value.js';

/** Random Fourier features of pixel centres (as in SAM, arXiv 2304.02643): [height * width, dim]. */
export function positionalEncoding(height: number, width: number, gaussian: Value): Value {
  const positions = new Float32Array(height * width * 2);
  for (let row = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1) {
      const at = (row * width + column) * 2;
      positions[at] = (2 * (column + 0.5)) / width - 1;
      positions[at + 1] = (2 * (row + 0.5)) / height - 1;
    }
  }
  const angles = mul(matMul(constant([height * width, 2], positions), gaussian), 2 * Math.PI); // [HW, dim / 2]
  return concat([sin(angles), cos(angles)], 1);
}
