import { FaceXFormerError } from '../base/errors.js';
import type { TensorEntry } from '../formats/tensor-entry.js';
import { topological } from './topological.js';
import type { Value } from './value.js';

/** Every parameter that a graph reads, with the shape it is stored in. */
export function declaredParameters(outputs: readonly Value[]): ReadonlyMap<string, readonly number[]> {
  const declared = new Map<string, readonly number[]>();
  for (const value of topological(outputs)) {
    if (value.op === 'parameter') {
      declared.set(value.name, value.range?.stored ?? (value.shape as readonly number[]));
    }
  }
  return declared;
}

/**
 * Compares the stored shapes with those that a graph declares, before any values are read. A parameter that is not in
 * `tensors` is left to `read`, which may generate it.
 * @throws {FaceXFormerError} `BAD_TENSOR` naming the tensor and both shapes.
 */
export function checkParameters(
  outputs: readonly Value[],
  tensors: ReadonlyMap<string, Pick<TensorEntry, 'shape'>>,
): void {
  for (const [name, shape] of declaredParameters(outputs)) {
    const entry = tensors.get(name);
    if (entry) checkShape(name, entry.shape, shape);
  }
}

/**
 * The shapes must be equal, except that a 1x1 convolution may serve as a linear layer.
 * @throws {FaceXFormerError} `BAD_TENSOR` with both shapes.
 */
export function checkShape(name: string, actual: readonly number[], expected: readonly number[]): void {
  const trimmed = actual.length === 4 && expected.length === 2 ? actual.slice(0, 2) : actual;
  const ones = actual.slice(trimmed.length).every((dim) => dim === 1);
  if (ones && trimmed.length === expected.length && trimmed.every((dim, i) => dim === expected[i])) return;
  throw new FaceXFormerError('BAD_TENSOR', `tensor "${name}" has shape [${actual}], expected [${expected}]`, {
    details: { name, actual, expected },
  });
}
