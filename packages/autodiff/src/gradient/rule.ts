import { reduceSum, reshape, type Value } from '@facexformer/core/graph';

/**
 * The derivative of a scalar with respect to each input of an operation, given that with respect to its output.
 * `wanted(i)` is false where input i needs none; rules may then return undefined for it.
 */
export type Rule<Op extends Value['op'] = Value['op']> = (
  value: Value & { readonly op: Op },
  upstream: Value,
  wanted: (input: number) => boolean,
) => readonly (Value | undefined)[];

/** Sums over the axes along which `x` had been stretched, so that the result has `x`'s shape. */
export function sumTo(gradient: Value, x: Value): Value {
  const extra = gradient.shape.length - x.shape.length;
  const axes = gradient.shape.flatMap((dim, axis) =>
    axis < extra || (x.shape[axis - extra] === 1 && dim !== 1) ? [axis] : [],
  );
  return axes.length === 0 ? gradient : reshape(reduceSum(gradient, axes), x.shape);
}

/** Shape without the batch symbol: training graphs have a fixed batch. */
export const dimsOf = ({ shape }: Value): readonly number[] => shape as readonly number[];
