import { layerNorm, linear } from './ops.js';
import type { Value } from './value.js';

/** Declares a named parameter; inference binds it to a checkpoint, training to a slice of its state. */
export type ParameterFactory = (name: string, shape: readonly number[]) => Value;

/** The same factory one level down: names get `prefix.` in front. */
export const scope =
  (parameter: ParameterFactory, prefix: string): ParameterFactory =>
  (name, shape) =>
    parameter(`${prefix}.${name}`, shape);

/** Declares `weight` [outputs, inputs] and `bias`, and applies them: [..., inputs] -> [..., outputs]. */
export const declareLinear = (
  x: Value,
  parameter: ParameterFactory,
  inputs: number,
  outputs: number,
): Value => linear(x, parameter('weight', [outputs, inputs]), parameter('bias', [outputs]));

/** Declares `weight` and `bias` [width] and normalises the last axis. */
export const declareLayerNorm = (
  x: Value,
  parameter: ParameterFactory,
  width: number,
  epsilon = 1e-5,
): Value => layerNorm(x, parameter('weight', [width]), parameter('bias', [width]), epsilon);
