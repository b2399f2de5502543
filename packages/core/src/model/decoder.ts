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

/** What a token reads on its way through the decoder; base tokens and plug-ins read the same. */
export interface DecoderMemory {
  readonly layers: readonly {
    /** The base tokens, [B, tokens, dim]; before the first layer [1, tokens, dim]. */
    readonly tokens: Memory;
    /** The face, [B, H * W, dim / 2]. */
    readonly face: Memory;
  }[];
  /** The face as the last attention reads it, [B, H * W, dim / 2]. */
  readonly final: Memory;
}

/** What the decoder makes of the base tokens and the face. */
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
 * The FaceX decoder (paper section 3.2): a two-way transformer between the base tokens and the face.
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
  let [state, seen] = [tokens, face];
  weights.layers.forEach((layer, depth) => {
    const faceKeys = add(seen, positions);
    const memory = {
      tokens: memorize(depth === 0 ? state : add(state, tokens), state, layer.taskSelfAttention),
      face: memorize(faceKeys, seen, layer.taskToFace),
    };
    layers.push(memory);
    state = tokenLayer(state, tokens, depth, memory, config, layer, watch);
    const written = memorize(add(state, tokens), state, layer.faceToTask);
    seen = layer.norm4(add(seen, attend(faceKeys, written, layer.faceToTask, config)));
  });
  const final = memorize(add(seen, positions), seen, weights.finalTaskToFace);
  const memory = { layers, final };
  return { tokens: readFinally(state, tokens, memory, config, weights, watch), face: seen, memory };
}

/**
 * The way of a plug-in's tokens: they read the base tokens, themselves and the face, and nothing reads them, so
 * that base results do not depend on them.
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
  const places = count === 1 ? reshape(tokens, [1, config.dim]) : tokens; // a single token goes without its axis
  const state = weights.layers.reduce((q, layer, depth) => {
    const own = memorize(depth === 0 ? q : add(q, places), q, layer.taskSelfAttention);
    const base = memory.layers[depth]!;
    const visible = { tokens: joinMemories(base.tokens, own), face: base.face };
    return tokenLayer(q, places, depth, visible, config, layer, watch);
  }, places);
  const finished = readFinally(state, places, memory, config, weights, watch);
  return reshape(finished, [finished.shape[0]!, count!, config.dim]);
}

/** One layer of tokens `q` [B, tokens, dim], or [B, dim]: they attend to tokens, then to the face, then pass through an MLP. */
function tokenLayer(
  q: Value,
  tokens: Value,
  depth: number,
  memory: DecoderMemory['layers'][number],
  config: DecoderConfig,
  weights: LayerWeights,
  watch?: WatchDecoder,
): Value {
  const queries = depth === 0 ? q : add(q, tokens);
  const selves = attend(queries, memory.tokens, weights.taskSelfAttention, config, watch?.tokens);
  const a = weights.norm1(depth === 0 ? selves : add(q, selves)); // the first layer has no residual
  const b = weights.norm2(
    add(a, attend(add(a, tokens), memory.face, weights.taskToFace, config, watch?.face)),
  );
  return weights.norm3(add(b, weights.mlp(b)));
}

function readFinally(
  q: Value,
  tokens: Value,
  { final }: DecoderMemory,
  config: DecoderConfig,
  { finalTaskToFace, finalNorm }: DecoderWeights,
  watch?: WatchDecoder,
): Value {
  return finalNorm(add(q, attend(add(q, tokens), final, finalTaskToFace, config, watch?.face)));
}
