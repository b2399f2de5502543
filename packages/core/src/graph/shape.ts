import { FaceXFormerError } from '../base/errors.js';
import type { Dim, Shape } from './value.js';

/** [2B, 49, 32] for messages. */
export const showShape = (shape: Shape): string =>
  `[${shape.map((dim) => (typeof dim === 'number' ? dim : `${dim.batch === 1 ? '' : dim.batch}B`)).join(', ')}]`;

/** An error of graph building, naming the operation. */
export const graphError = (op: string, message: string): FaceXFormerError =>
  new FaceXFormerError('GRAPH', `${op}: ${message}`, { details: { op } });

export const sameDim = (a: Dim, b: Dim): boolean =>
  typeof a === 'number' || typeof b === 'number' ? a === b : a.batch === b.batch;

export const sameShape = (a: Shape, b: Shape): boolean =>
  a.length === b.length && a.every((dim, axis) => sameDim(dim, b[axis]!));

/** Element count as `count`, times the batch size if `batched`. */
export function elements(shape: Shape): { readonly count: number; readonly batched: boolean } {
  let count = 1;
  let batched = false;
  for (const dim of shape) {
    if (typeof dim === 'number') count *= dim;
    else {
      if (batched) throw graphError('shape', `${showShape(shape)} holds the batch twice`);
      count *= dim.batch;
      batched = true;
    }
  }
  return { count, batched };
}

/** A dimension that must be known, for example the channels of a weight. */
export function fixed(op: string, shape: Shape, axis: number): number {
  const dim = shape.at(axis);
  if (typeof dim !== 'number') {
    throw graphError(op, `axis ${axis} of ${showShape(shape)} must not be the batch`);
  }
  return dim;
}

/** A shape without the batch, for parameters and constants. */
export const fixedShape = (op: string, shape: Shape): readonly number[] =>
  shape.map((_, axis) => fixed(op, shape, axis));

/** The shape of an elementwise result: axes aligned at the end, 1 stretches. */
export function broadcast(op: string, a: Shape, b: Shape): Shape {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, axis) => {
    const left = a[axis - rank + a.length] ?? 1;
    const right = b[axis - rank + b.length] ?? 1;
    if (left === 1) return right;
    if (right === 1 || sameDim(left, right)) return left;
    throw graphError(op, `${showShape(a)} and ${showShape(b)} do not broadcast`);
  });
}

/** Turns -1 into the last axis and refuses what is out of range. */
export function resolveAxis(op: string, shape: Shape, axis: number): number {
  const resolved = axis < 0 ? axis + shape.length : axis;
  if (!Number.isInteger(axis) || resolved < 0 || resolved >= shape.length) {
    throw graphError(op, `axis ${axis} is outside ${showShape(shape)}`);
  }
  return resolved;
}

/** A dimension so many times as long. */
export const timesDim = (dim: Dim, factor: Dim): Dim => {
  if (typeof dim === 'number' && typeof factor === 'number') return dim * factor;
  if (typeof dim === 'number') return { batch: dim * (factor as { batch: number }).batch };
  if (typeof factor === 'number') return { batch: dim.batch * factor };
  throw graphError('shape', 'the batch cannot be multiplied by itself');
};
