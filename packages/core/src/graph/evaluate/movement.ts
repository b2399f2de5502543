import { broadcastStrides, forEachOffset, stridesOf } from '../../base/strides.js';
import { sizeOf, type Tensor } from '../../base/tensor.js';

/** Copies elements of `source` in the order that `strides` and `start` describe. */
function copy(source: Float32Array, dims: readonly number[], strides: readonly number[], start = 0): Tensor {
  const data = new Float32Array(sizeOf(dims));
  forEachOffset(dims, strides, (offset, index) => {
    data[index] = source[start + offset]!;
  });
  return { dims, data };
}

export function evaluateTranspose(x: Tensor, permutation: readonly number[]): Tensor {
  const strides = stridesOf(x.dims);
  return copy(
    x.data,
    permutation.map((axis) => x.dims[axis]!),
    permutation.map((axis) => strides[axis]!),
  );
}

export function evaluateSlice(x: Tensor, axis: number, start: number, end: number): Tensor {
  const strides = stridesOf(x.dims);
  return copy(x.data, x.dims.with(axis, end - start), strides, start * strides[axis]!);
}

export function evaluateGather(x: Tensor, axis: number, indices: Int32Array): Tensor {
  const inner = sizeOf(x.dims.slice(axis + 1));
  const outer = sizeOf(x.dims.slice(0, axis));
  const size = x.dims[axis]!;
  const data = new Float32Array(outer * indices.length * inner);
  for (let block = 0; block < outer; block += 1) {
    indices.forEach((index, i) => {
      const from = (block * size + index) * inner;
      data.set(x.data.subarray(from, from + inner), (block * indices.length + i) * inner);
    });
  }
  return { dims: x.dims.with(axis, indices.length), data };
}

export function evaluateConcat(parts: readonly Tensor[], axis: number, dims: readonly number[]): Tensor {
  const data = new Float32Array(sizeOf(dims));
  const inner = sizeOf(dims.slice(axis + 1));
  const outer = sizeOf(dims.slice(0, axis));
  let before = 0;
  for (const part of parts) {
    const width = part.dims[axis]! * inner;
    for (let block = 0; block < outer; block += 1) {
      data.set(part.data.subarray(block * width, (block + 1) * width), block * dims[axis]! * inner + before);
    }
    before += width;
  }
  return { dims, data };
}

export function evaluatePad(x: Tensor, before: readonly number[], dims: readonly number[]): Tensor {
  const data = new Float32Array(sizeOf(dims));
  const strides = stridesOf(dims);
  const start = before.reduce((sum, amount, axis) => sum + amount * strides[axis]!, 0);
  forEachOffset(x.dims, strides, (offset, index) => {
    data[start + offset] = x.data[index]!;
  });
  return { dims, data };
}

export const evaluateExpand = (x: Tensor, dims: readonly number[]): Tensor =>
  copy(x.data, dims, broadcastStrides(x.dims, dims));
