import { reduceSum, reshape, type Value } from '@facexformer/core/graph';

/** Carries the derivative of `output` back to `wrt`. */
export type PullBack = (output: Value, upstream: Value, wrt: readonly Value[]) => readonly Value[];

/**
 * The derivative of a scalar with respect to each input of an operation, given that with respect to its output.
 * `wanted(i)` is false where input i needs none; rules may then return undefined for it. `pullBack` differentiates
 * what the operation is made of.
 */
export type Rule<Op extends Value['op'] = Value['op']> = (
  value: Value & { readonly op: Op },
  upstream: Value,
  wanted: (input: number) => boolean,
  pullBack: PullBack,
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
