import { FaceXFormerError } from './errors.js';

/** A dense float tensor as plain data: `data` holds the product of `dims` values, last dimension fastest. */
export interface Tensor {
  readonly dims: readonly number[];
  readonly data: Float32Array;
}

/** Number of elements of a shape; 1 for a scalar. */
export const sizeOf = (dims: readonly number[]): number => dims.reduce((product, dim) => product * dim, 1);

/**
 * Wraps `data` as a tensor of shape `dims`.
 * @throws {FaceXFormerError} `BAD_TENSOR` when the length does not fit the shape.
 */
export function tensor(dims: readonly number[], data: Float32Array | readonly number[]): Tensor {
  if (data.length !== sizeOf(dims)) {
    throw new FaceXFormerError('BAD_TENSOR', `${data.length} values do not fill the shape [${dims}]`);
  }
  return { dims, data: data instanceof Float32Array ? data : Float32Array.from(data) };
}

/** Row `index` along the leading axis, [N, ...rest] -> [...rest]; shares memory. */
export function row(batch: Tensor, index: number): Tensor {
  const dims = batch.dims.slice(1);
  const size = sizeOf(dims);
  return { dims, data: batch.data.subarray(index * size, (index + 1) * size) };
}

/** Joins batches along the leading axis, [N, ...rest] each; a single one is not copied, none give [0]. */
export function joinRows(batches: readonly Tensor[]): Tensor {
  const [first] = batches;
  if (!first) return { dims: [0], data: new Float32Array(0) };
  if (batches.length === 1) return first;
  const data = new Float32Array(batches.reduce((sum, batch) => sum + batch.data.length, 0));
  let offset = 0;
  for (const batch of batches) {
    data.set(batch.data, offset);
    offset += batch.data.length;
  }
  return { dims: [batches.reduce((sum, { dims }) => sum + dims[0]!, 0), ...first.dims.slice(1)], data };
}

/**
 * Checks a shape that a decoder relies on.
 * @throws {FaceXFormerError} `BAD_TENSOR` naming both shapes.
 */
export function expectShape(what: string, actual: Tensor, dims: readonly number[]): Tensor {
  if (actual.dims.length !== dims.length || dims.some((dim, axis) => dim !== actual.dims[axis])) {
    throw new FaceXFormerError('BAD_TENSOR', `${what} has shape [${actual.dims}], expected [${dims}]`, {
      details: { expected: dims, actual: actual.dims },
    });
  }
  return actual;
}
