import { splitHeads } from '../graph/decompose.js';
import { add, matMul, mul, reduceMean, slice, softmax } from '../graph/ops.js';
import type { Value } from '../graph/value.js';
import type { Watch } from './attention.js';
import type { DecoderConfig } from './config.js';

/** Called with every attention of some tokens: to tokens, and to face tokens. */
export interface WatchDecoder {
  readonly tokens: Watch;
  readonly face: Watch;
}

/** Where tokens looked, in shares that sum to 1. */
export interface AttentionValues {
  /** At tokens, [B or 1, tokens, tokens read]. */
  readonly tokens: Value;
  /** At the face, [B, tokens, H * W]. */
  readonly face: Value;
}

/** Keeps the attention of some tokens: the mean over heads and layers. */
export function watchAttention({ heads, dim }: DecoderConfig): {
  readonly watch: WatchDecoder;
  values(): AttentionValues;
} {
  const maps: Record<'tokens' | 'face', Value[]> = { tokens: [], face: [] };
  const keep =
    (what: 'tokens' | 'face', inner: number): Watch =>
    (queries, keys) => {
      const scaled = splitHeads(mul(queries, (inner / heads) ** -0.5), heads); // [B, heads, N, inner / heads]
      const weights = softmax(matMul(scaled, splitHeads(keys, heads), { transposeB: true }));
      maps[what].push(reduceMean(weights, [-3])); // [B, N, M]
    };
  const mean = (values: readonly Value[]): Value =>
    mul(
      values.reduce((sum, value) => add(sum, value)),
      1 / values.length,
    );
  return {
    watch: { tokens: keep('tokens', dim), face: keep('face', dim / 2) },
    values: () => ({ tokens: mean(maps.tokens), face: mean(maps.face) }),
  };
}

/** Mean over tokens `start` to `end`: [B, read] each. */
export const meanOfTokens = (
  { tokens, face }: AttentionValues,
  start: number,
  end: number,
): AttentionValues => ({
  tokens: reduceMean(slice(tokens, 1, start, end), [1]),
  face: reduceMean(slice(face, 1, start, end), [1]),
});
