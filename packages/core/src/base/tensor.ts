import { demand, FLOATS, having, kind, listOf, tagOf, whole } from './arguments.js';
import { FaceXFormerError } from './errors.js';

/** A dense float tensor as plain data: `data` holds the product of `dims` values, last dimension fastest. */
export interface Tensor {
  readonly dims: readonly number[];
  readonly data: Float32Array;
}

const DIMS = listOf(whole(0));

/** Check of an argument. */
export const TENSOR = having('a tensor { dims, data }', { dims: DIMS, data: FLOATS });

/** True for an array of 32-bit floats of any realm. */
export const isFloat32 = (data: unknown): data is Float32Array => tagOf(data) === 'Float32Array';

/** Number of elements of a shape; 1 for a scalar. */
export const sizeOf = (dims: readonly number[]): number =>
  demand(dims, DIMS, 'the shape of a tensor').reduce((product, dim) => product * dim, 1);

/**
 * Wraps `data` as a tensor of shape `dims`.
 * @throws {FaceXFormerError} `BAD_TENSOR` when the length does not fit the shape.
 */
export function tensor(dims: readonly number[], data: Float32Array | readonly number[]): Tensor {
  demand(
    data,
    kind('a list of numbers', (value) => FLOATS.fits(value) || Array.isArray(value)),
    'tensor: data',
  );
  if (data.length !== sizeOf(dims)) {
    throw new FaceXFormerError('BAD_TENSOR', `${data.length} values do not fill the shape [${dims}]`);
  }
  return { dims, data: isFloat32(data) ? data : Float32Array.from(data) };
}

/** Row `index` along the leading axis, [N, ...rest] -> [...rest]; shares memory. */
export function row(batch: Tensor, index: number): Tensor {
  demand(batch, TENSOR, 'row: batch');
  demand(index, whole(0, (batch.dims[0] ?? 0) - 1), 'row: index');
  const dims = batch.dims.slice(1);
  const size = sizeOf(dims);
  return { dims, data: batch.data.subarray(index * size, (index + 1) * size) };
}

/** Stacks tensors of one shape: [...rest] each -> [N, ...rest]; an empty list gives [0]. Copies. */
export function stack(rows: readonly Tensor[]): Tensor {
  demand(rows, listOf(TENSOR), 'stack: rows');
  const [first] = rows;
  if (!first) return { dims: [0], data: new Float32Array(0) };
  const size = sizeOf(first.dims);
  const data = new Float32Array(rows.length * size);
  rows.forEach((own, index) => {
    data.set(own.data, index * size);
  });
  return { dims: [rows.length, ...first.dims], data };
}

/**
 * Checks a shape that a decoder relies on.
 * @throws {FaceXFormerError} `BAD_TENSOR` naming both shapes.
 */
export function expectShape(what: string, actual: Tensor, dims: readonly number[]): Tensor {
  demand(actual, TENSOR, what, 'BAD_TENSOR');
  demand(dims, DIMS, `the expected shape of ${what}`);
  if (actual.dims.length !== dims.length || dims.some((dim, axis) => dim !== actual.dims[axis])) {
    throw new FaceXFormerError('BAD_TENSOR', `${what} has shape [${actual.dims}], expected [${dims}]`, {
      details: { expected: dims, actual: actual.dims },
    });
  }
  return actual;
}
