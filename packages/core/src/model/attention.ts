import { attention, concat, linear } from '../graph/ops.js';
import type { Value } from '../graph/value.js';
import type { DecoderConfig } from './config.js';
import { type ParameterFactory, scope } from './parameters.js';

/** Weight and bias of a linear layer. */
interface Projection {
  readonly weight: Value;
  readonly bias: Value;
}

/** The four projections of a multi-head attention. */
export interface AttentionWeights {
  readonly q: Projection;
  readonly k: Projection;
  readonly v: Projection;
  readonly out: Projection;
}

/** What an attention reads: projected keys and values [B, N, inner]; B is 1 where they do not depend on the photo. */
export interface Memory {
  readonly keys: Value;
  readonly values: Value;
}

/** Is shown the projected queries and keys of an attention. */
export type Watch = (queries: Value, keys: Value) => void;

/** Declares projections of `dim` channels to `inner` and back. */
export function declareAttention(parameter: ParameterFactory, dim: number, inner: number): AttentionWeights {
  const projection = (name: string, outputs: number, inputs: number): Projection => {
    const own = scope(parameter, name);
    return { weight: own('weight', [outputs, inputs]), bias: own('bias', [outputs]) };
  };
  return {
    q: projection('q', inner, dim),
    k: projection('k', inner, dim),
    v: projection('v', inner, dim),
    out: projection('out', dim, inner),
  };
}

const project = (x: Value, { weight, bias }: Projection): Value => linear(x, weight, bias);

/** Projects what is to be read: [B, N, dim] each -> [B, N, inner]. */
export const memorize = (keys: Value, values: Value, { k, v }: AttentionWeights): Memory => ({
  keys: project(keys, k),
  values: project(values, v),
});

/** Two memories one after the other. */
export const joinMemories = (a: Memory, b: Memory): Memory => ({
  keys: concat([a.keys, b.keys], -2),
  values: concat([a.values, b.values], -2),
});

/** Queries [B, N, dim] read a memory in `heads` heads: [B, N, dim]. */
export function attend(
  queries: Value,
  { keys, values }: Memory,
  weights: AttentionWeights,
  { heads }: DecoderConfig,
  watch?: Watch,
): Value {
  const q = project(queries, weights.q);
  watch?.(q, keys);
  return project(attention(q, keys, values, { heads }), weights.out);
}
