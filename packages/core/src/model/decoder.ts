import { add, reshape } from '../graph/ops.js';
import { type ParameterFactory, scope } from '../graph/parameters.js';
import type { Value } from '../graph/value.js';
import {
  type AttentionWeights,
  attend,
  declareAttention,
  joinMemories,
  type Memory,
  memorize,
} from './attention.js';
import type { DecoderConfig } from './config.js';
import { declareLayer, declareNorm, type LayerWeights } from './layer-weights.js';
import type { WatchDecoder } from './watch.js';

/** The decoder's weights. */
export interface DecoderWeights {
  readonly layers: readonly LayerWeights[];
  readonly finalTaskToFace: AttentionWeights;
  readonly finalNorm: (x: Value) => Value;
}

/** What tokens attend to on their way through the decoder, the same for base tokens and plug-ins. */
export interface DecoderMemory {
  readonly layers: readonly {
    /** The base tokens, [B, tokens, dim]; before the first layer [1, tokens, dim]. */
    readonly tokens: Memory;
    /** The face tokens, [B, H * W, dim / 2]. */
    readonly face: Memory;
  }[];
  /** The face tokens of the last attention, [B, H * W, dim / 2]. */
  readonly final: Memory;
}

/** The tokens after the decoder, and what plug-ins attend to. */
export interface Decoded {
  /** [B, tokens, dim] */
  readonly tokens: Value;
  /** [B, H * W, dim] */
  readonly face: Value;
  readonly memory: DecoderMemory;
}

/** Declares the weights of all layers. */
export const declareDecoder = (parameter: ParameterFactory, config: DecoderConfig): DecoderWeights => ({
  layers: Array.from({ length: config.depth }, (_, i) =>
    declareLayer(scope(parameter, `layers.${i}`), config),
  ),
  finalTaskToFace: declareAttention(scope(parameter, 'finalTaskToFace'), config.dim, config.dim / 2),
  finalNorm: declareNorm(scope(parameter, 'finalNorm'), config.dim),
});

/**
 * The FaceX decoder (paper section 3.2): a two-way transformer between the base tokens and the face tokens. Names and
 * steps are those of segment-anything's two-way block: tokens are the queries, face tokens the keys.
 * @param tokens learned tokens [1, tokens, dim], which are also the query positions of every layer
 * @param face fused face tokens [B, H * W, dim]
 * @param positions their positional encoding [H * W, dim]
 */
export function faceXDecoder(
  tokens: Value,
  face: Value,
  positions: Value,
  config: DecoderConfig,
  weights: DecoderWeights,
  watch?: WatchDecoder,
): Decoded {
  const layers: DecoderMemory['layers'][number][] = [];
  let [queries, keys] = [tokens, face];
  weights.layers.forEach((layer, depth) => {
    const placedKeys = add(keys, positions);
    const memory = {
      tokens: memorize(depth === 0 ? queries : add(queries, tokens), queries, layer.taskSelfAttention),
      face: memorize(placedKeys, keys, layer.taskToFace),
    };
    layers.push(memory);
    queries = updateQueries(queries, tokens, depth, memory, config, layer, watch);
    // 4. Face tokens attend to tokens.
    const updated = memorize(add(queries, tokens), queries, layer.faceToTask);
    keys = layer.norm4(add(keys, attend(placedKeys, updated, layer.faceToTask, config)));
  });
  const final = memorize(add(keys, positions), keys, weights.finalTaskToFace);
  const memory = { layers, final };
  return { tokens: attendFinally(queries, tokens, memory, config, weights, watch), face: keys, memory };
}

/**
 * Takes a plug-in's tokens through the decoder: they attend to the base tokens, to themselves and to the face tokens.
 * Nothing attends to them, so base results do not depend on them.
 * @param tokens learned tokens [1, tokens, dim]
 * @returns [B, tokens, dim]
 */
export function pluginDecoder(
  tokens: Value,
  memory: DecoderMemory,
  config: DecoderConfig,
  weights: DecoderWeights,
  watch?: WatchDecoder,
): Value {
  const [, count] = tokens.shape;
  const positions = count === 1 ? reshape(tokens, [1, config.dim]) : tokens; // a single token goes without its axis
  const queries = weights.layers.reduce((q, layer, depth) => {
    const own = memorize(depth === 0 ? q : add(q, positions), q, layer.taskSelfAttention);
    const base = memory.layers[depth]!;
    const visible = { tokens: joinMemories(base.tokens, own), face: base.face };
    return updateQueries(q, positions, depth, visible, config, layer, watch);
  }, positions);
  const finished = attendFinally(queries, positions, memory, config, weights, watch);
  return reshape(finished, [finished.shape[0]!, count!, config.dim]);
}

/**
 * The first three steps of a layer.
 * @param queries [B, tokens, dim], or [B, dim] for a single token
 * @param positions their positions, of the same shape
 */
function updateQueries(
  queries: Value,
  positions: Value,
  depth: number,
  memory: DecoderMemory['layers'][number],
  config: DecoderConfig,
  { taskSelfAttention, taskToFace, norm1, norm2, norm3, mlp }: LayerWeights,
  watch?: WatchDecoder,
): Value {
  // 1. Tokens attend to tokens; the first layer has neither positions nor a residual.
  const isFirst = depth === 0;
  const placed = isFirst ? queries : add(queries, positions);
  const toTokens = attend(placed, memory.tokens, taskSelfAttention, config, watch?.tokens);
  const first = norm1(isFirst ? toTokens : add(queries, toTokens));
  // 2. Tokens attend to face tokens.
  const toFace = attend(add(first, positions), memory.face, taskToFace, config, watch?.face);
  const second = norm2(add(first, toFace));
  // 3. Each token goes through the MLP.
  return norm3(add(second, mlp(second)));
}

/** After the last layer, tokens attend to face tokens once more. */
function attendFinally(
  queries: Value,
  positions: Value,
  { final }: DecoderMemory,
  config: DecoderConfig,
  { finalTaskToFace, finalNorm }: DecoderWeights,
  watch?: WatchDecoder,
): Value {
  const toFace = attend(add(queries, positions), final, finalTaskToFace, config, watch?.face);
  return finalNorm(add(queries, toFace));
}
