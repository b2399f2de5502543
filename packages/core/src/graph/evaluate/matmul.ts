import { broadcastStrides, forEachOffset } from '../../base/strides.js';
import { sizeOf, type Tensor } from '../../base/tensor.js';
import { evaluateTranspose } from './movement.js';

const swapLast = (x: Tensor): Tensor => {
  const axes = x.dims.map((_, axis) => axis);
  return evaluateTranspose(x, [...axes.slice(0, -2), axes.length - 1, axes.length - 2]);
};

/** One M x K by K x N product, summed in double precision; four rows of b at a time, which is twice as fast. */
function product(
  a: Float32Array,
  b: Float32Array,
  out: Float32Array,
  [m, k, n]: readonly [number, number, number],
): void {
  const line = new Float64Array(n);
  const whole = k - (k % 4);
  for (let i = 0; i < m; i += 1) {
    line.fill(0);
    for (let p = 0; p < whole; p += 4) {
      const at = i * k + p;
      const [f0, f1, f2, f3] = [a[at]!, a[at + 1]!, a[at + 2]!, a[at + 3]!];
      const [b0, b1, b2, b3] = [p * n, (p + 1) * n, (p + 2) * n, (p + 3) * n];
      for (let j = 0; j < n; j += 1) {
        line[j]! += f0 * b[b0 + j]! + f1 * b[b1 + j]! + f2 * b[b2 + j]! + f3 * b[b3 + j]!;
      }
    }
    for (let p = whole; p < k; p += 1) {
      const factor = a[i * k + p]!;
      for (let j = 0; j < n; j += 1) line[j]! += factor * b[p * n + j]!;
    }
    out.set(line, i * n);
  }
}

/** [..., M, K] x [..., K, N] with broadcast leading axes; each side optionally transposed. */
export function evaluateMatMul(
  left: Tensor,
  right: Tensor,
  transposeA: boolean,
  transposeB: boolean,
  dims: readonly number[],
): Tensor {
  const a = transposeA ? swapLast(left) : left;
  const b = transposeB ? swapLast(right) : right;
  const [m, k, n] = [a.dims.at(-2)!, a.dims.at(-1)!, b.dims.at(-1)!];
  const lead = dims.slice(0, -2);
  const offsetsB: number[] = [];
  forEachOffset(lead, broadcastStrides(b.dims.slice(0, -2), lead), (offset) => offsetsB.push(offset));
  const data = new Float32Array(sizeOf(dims));
  forEachOffset(lead, broadcastStrides(a.dims.slice(0, -2), lead), (offset, index) => {
    const fromB = offsetsB[index]! * k * n;
    product(
      a.data.subarray(offset * m * k, (offset + 1) * m * k),
      b.data.subarray(fromB, fromB + k * n),
      data.subarray(index * m * n, (index + 1) * m * n),
      [m, k, n],
    );
  });
  return { dims, data };
}

/** x [..., I], weight [O, I], bias [O]? */
export function evaluateLinear(
  x: Tensor,
  weight: Tensor,
  bias: Tensor | undefined,
  dims: readonly number[],
): Tensor {
  const out = weight.dims[0]!;
  const rows = sizeOf(dims) / out;
  const flat = { dims: [rows, weight.dims[1]!], data: x.data };
  const { data } = evaluateMatMul(flat, weight, false, true, [rows, out]);
  if (bias) for (let i = 0; i < data.length; i += 1) data[i]! += bias.data[i % out]!;
  return { dims, data };
}
