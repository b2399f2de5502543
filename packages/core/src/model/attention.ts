import { attention, concat, linear, reshape } from '../graph/ops.js';
import { type ParameterFactory, scaled, scope } from '../graph/parameters.js';
import type { Dim, Value } from '../graph/value.js';
import type { DecoderConfig } from './config.js';

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

/** What queries attend to: projected keys and values [B, N, inner]; B is 1 where they do not depend on the photo. */
export interface Memory {
  readonly keys: Value;
  readonly values: Value;
}

/** Called with the projected queries and keys of an attention. */
export type Watch = (queries: Value, keys: Value) => void;

/** Declares projections of `dim` channels to `inner` and back; `gain` scales the start of the latter. */
export function declareAttention(
  parameter: ParameterFactory,
  dim: number,
  inner: number,
  gain = 1,
): AttentionWeights {
  const projection = (name: string, outputs: number, inputs: number, scale = 1): Projection => {
    const own = scope(parameter, name);
    const shape = [outputs, inputs];
    return { weight: own('weight', shape, scaled(shape, scale)), bias: own('bias', [outputs]) };
  };
  return {
    q: projection('q', inner, dim),
    k: projection('k', inner, dim),
    v: projection('v', inner, dim),
    out: projection('out', dim, inner, gain),
  };
}

const project = (x: Value, { weight, bias }: Projection): Value => linear(x, weight, bias);

/** A single token may go without its axis, [B, C], which saves reshapes: here it gets it back, [B, 1, C]. */
const withTokens = (x: Value): Value =>
  x.shape.length === 2 ? reshape(x, [x.shape[0]!, 1, x.shape[1]!]) : x;

/** Projects what is to be read: [B, N, dim] each, or [B, dim], -> [B, N, inner]. */
export const memorize = (keys: Value, values: Value, { k, v }: AttentionWeights): Memory => ({
  keys: withTokens(project(keys, k)),
  values: withTokens(project(values, v)),
});

/** Two memories one after the other. */
export const joinMemories = (a: Memory, b: Memory): Memory => ({
  keys: concat([a.keys, b.keys], -2),
  values: concat([a.values, b.values], -2),
});

/** Queries [B, N, dim], or [B, dim], read a memory in `heads` heads: of the same rank as the queries. */
export function attend(
  queries: Value,
  { keys, values }: Memory,
  weights: AttentionWeights,
  { heads }: DecoderConfig,
  watch?: Watch,
): Value {
  const q = withTokens(project(queries, weights.q));
  watch?.(q, keys);
  const read = attention(q, keys, values, { heads });
  const [batch, , inner] = read.shape as [Dim, Dim, Dim];
  return project(queries.shape.length === 2 ? reshape(read, [batch, inner]) : read, weights.out);
}
