import { sizeOf } from '../base/tensor.js';
import { layerNorm, linear } from './ops.js';
import type { Value } from './value.js';

/** How a parameter starts before it is trained, and what training does to it. */
export interface Initial {
  /** All entries start at a constant, or are drawn from a normal distribution around 0. */
  readonly start: number | { readonly deviation: number };
  /** Whether weight decay applies to it; by default to all but vectors. */
  readonly decays?: boolean;
  /** False for what keeps its start. */
  readonly trained?: boolean;
}

/**
 * Declares a named parameter; inference binds it to a checkpoint, training to a slice of its state. Without `initial`,
 * vectors start at 0 and all else as {@link scaled} says.
 */
export type ParameterFactory = (name: string, shape: readonly number[], initial?: Initial) => Value;

/**
 * The start that keeps the size of what a matrix [outputs, inputs, ...] is applied to, times `gain`.
 * @param fanIn how many numbers are summed up into one
 */
export const scaled = (shape: readonly number[], gain = 1, fanIn = sizeOf(shape.slice(1))): Initial => ({
  start: { deviation: gain / Math.sqrt(fanIn) },
});

/** Start of a matrix whose result goes through a ReLU, which halves the variance. */
export const beforeRelu = (shape: readonly number[]): Initial => scaled(shape, Math.SQRT2);

/** The same factory one level down: names get `prefix.` in front. */
export const scope =
  (parameter: ParameterFactory, prefix: string): ParameterFactory =>
  (name, shape, initial) =>
    parameter(`${prefix}.${name}`, shape, initial);

/** Declares `weight` [outputs, inputs] and `bias`, and applies them: [..., inputs] -> [..., outputs]. */
export const declareLinear = (
  x: Value,
  parameter: ParameterFactory,
  inputs: number,
  outputs: number,
  initial = scaled([outputs, inputs]),
): Value => linear(x, parameter('weight', [outputs, inputs], initial), parameter('bias', [outputs]));

/** Declares `weight` and `bias` [width] and normalises the last axis. */
export const declareLayerNorm = (
  x: Value,
  parameter: ParameterFactory,
  width: number,
  epsilon = 1e-5,
): Value => layerNorm(x, parameter('weight', [width], { start: 1 }), parameter('bias', [width]), epsilon);
