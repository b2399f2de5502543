import { decomposeAttention } from '@facexformer/core/graph';
import type { Rule } from './rule.js';

/** Queries, keys and values may be one and the same value: its derivative is counted once. */
export const attentionRule: Rule<'attention'> = (value, upstream, _wanted, pullBack) => {
  const distinct = [...new Set(value.inputs)];
  const parts = pullBack(decomposeAttention(value), upstream, distinct);
  return value.inputs.map((x, i) => (value.inputs.indexOf(x) === i ? parts[distinct.indexOf(x)] : undefined));
};
