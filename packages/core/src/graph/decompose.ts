import { add, concat, matMul, mul, reshape, softmax, transpose } from './ops.js';
import { fixed } from './shape.js';
import type { Value } from './value.js';

/** Memo, not state: values are immutable, and what is derived from one is freed with it. */
const headsOf = new WeakMap<Value, Map<number, Value>>();

/** [..., N, C] -> [..., heads, N, C / heads]; always the same result for the same value, so that its readers share the work. */
export function splitHeads(x: Value, heads: number): Value {
  const known = headsOf.get(x) ?? new Map<number, Value>();
  headsOf.set(x, known);
  const value = known.get(heads) ?? split(x, heads);
  known.set(heads, value);
  return value;
}

function split(x: Value, heads: number): Value {
  const width = fixed('attention', x.shape, -1) / heads;
  const rank = x.shape.length;
  if (x.op === 'concat' && x.axis === rank - 2) {
    return concat(
      x.inputs.map((part) => splitHeads(part, heads)),
      -2,
    ); // parts that others read too are split once for all
  }
  if (x.shape.at(-2) === 1) return reshape(x, [...x.shape.slice(0, -2), heads, 1, width]); // nothing changes places
  const apart = reshape(x, [...x.shape.slice(0, -1), heads, width]); // [..., N, heads, d]
  const lead = Array.from({ length: rank - 2 }, (_, axis) => axis);
  return transpose(apart, [...lead, rank - 1, rank - 2, rank]);
}

type Attention = Value & { readonly op: 'attention' };

/** A memo, as above. */
const decomposed = new WeakMap<Attention, Value>();

/**
 * Attention as matMul, softmax, matMul: this defines the operation, its lowering and its gradient. The same value always
 * gives the same parts, so that the backward pass shares them with the forward pass.
 */
export function decomposeAttention(value: Attention): Value {
  const parts = decomposed.get(value) ?? decompose(value);
  decomposed.set(value, parts);
  return parts;
}

function decompose(value: Attention): Value {
  const [q, k, v, bias] = value.inputs as [Value, Value, Value, Value?];
  const scaled = mul(splitHeads(q, value.heads), value.scale); // [..., heads, N, d]
  const logits = matMul(scaled, splitHeads(k, value.heads), { transposeB: true }); // [..., heads, N, M]
  const weights = softmax(bias ? add(logits, bias) : logits);
  const mixed = matMul(weights, splitHeads(v, value.heads)); // [..., heads, N, d]
  if (q.shape.at(-2) === 1) return reshape(mixed, value.shape);
  const rank = mixed.shape.length;
  const lead = Array.from({ length: rank - 3 }, (_, axis) => axis);
  return reshape(transpose(mixed, [...lead, rank - 2, rank - 3, rank - 1]), value.shape);
}
