import type { ModelConfig } from '@facexformer/core';
import {
  add,
  BATCH,
  concat,
  constant,
  parameter as declare,
  input,
  type ParameterFactory,
  slice,
  type Value,
} from '@facexformer/core/graph';
import type { BuildOptions } from '@facexformer/core/model';
import { declareLinear, scope } from '../../packages/core/src/graph/parameters.js';
import { attend, memorize } from '../../packages/core/src/model/attention.js';
import { backbone } from '../../packages/core/src/model/backbone.js';
import { type DecoderWeights, declareDecoder } from '../../packages/core/src/model/decoder.js';
import type { FeatureMap } from '../../packages/core/src/model/feature-map.js';
import { fuse } from '../../packages/core/src/model/fusion.js';
import { declareTokens, headOf } from '../../packages/core/src/model/plugin-graph.js';
import { positionalEncoding } from '../../packages/core/src/model/positional-encoding.js';
import { resizeTokens } from '../../packages/core/src/model/upsample.js';

/** Parts of the network that are left out or replaced. */
export interface Parts {
  /**
   * `sum`: one linear layer per scale and their sum, without linearFuse; `finest`, `coarsest`: one linear layer on that
   * scale alone.
   */
  readonly fusion?: 'mlp' | 'sum' | 'finest' | 'coarsest';
  readonly taskSelfAttention?: boolean;
  readonly faceToTask?: boolean;
}

/** Core's network, composed from core's own parts, with some of them missing; with none missing the same graph. */
export const networkOf =
  ({ fusion = 'mlp', taskSelfAttention = true, faceToTask = true }: Parts) =>
  (config: ModelConfig, options: BuildOptions): { readonly outputs: Readonly<Record<string, Value>> } => {
    const { tasks, batch = BATCH, vocabularies = {} } = options;
    const { height, width } = config.input;
    const { dim } = config.decoder;
    const parameter = without(options.parameter ?? declare, [
      ...(taskSelfAttention ? [] : [/\.taskSelfAttention\./]),
      ...(faceToTask ? [] : [/\.faceToTask\./, /\.norm4\./]),
      ...(fusion === 'finest' ? [/^backbone\.(stages|merges)\.[1-9]/] : []),
    ]);
    const image = options.image ?? input('image', [batch, 3, height, width]);
    const maps = backbone(image, config.backbone, scope(parameter, 'backbone'));
    const fused = fuseAs(fusion, maps, dim, scope(parameter, 'fusion'));
    const gaussian = parameter('positionalEncoding.gaussian', [2, dim / 2], {
      start: { deviation: 1 },
      trained: false,
    });
    const positions = positionalEncoding(fused.height, fused.width, gaussian);
    const learned = concat(
      config.tasks.map(({ name, tokens }) => declareTokens(parameter, name, tokens, dim)),
      1,
    );
    const weights = declareDecoder(scope(parameter, 'decoder'), config.decoder);
    const { tokens, face, memory } = decode(learned, fused.tokens, positions, config, weights, {
      taskSelfAttention,
      faceToTask,
    });
    const read = { memory, face: { ...fused, tokens: face } };
    const outputs = tasks.map((task): [string, Value] => {
      const index = config.tasks.findIndex(({ name }) => name === task.name);
      const start = config.tasks.slice(0, index).reduce((sum, { tokens: count }) => sum + count, 0);
      const own = slice(tokens, 1, start, start + task.tokens);
      const vocabulary = vocabularies[task.name] ?? task.vocabulary;
      return [task.name, headOf(config, task, own, read, parameter, vocabulary)];
    });
    return { outputs: Object.fromEntries(outputs) };
  };

/** Parameters of parts that are left out become constants: they are neither counted nor trained. */
const without =
  (parameter: ParameterFactory, names: readonly RegExp[]): ParameterFactory =>
  (name, shape, initial) =>
    names.some((pattern) => pattern.test(name))
      ? constant(shape, new Float32Array(shape.reduce((product, size) => product * size, 1)))
      : parameter(name, shape, initial);

function fuseAs(
  fusion: NonNullable<Parts['fusion']>,
  maps: readonly FeatureMap[],
  dim: number,
  parameter: ParameterFactory,
): FeatureMap {
  if (fusion === 'mlp') return fuse(maps, dim, parameter);
  const [finest] = maps as [FeatureMap];
  const used = fusion === 'sum' ? maps : fusion === 'finest' ? maps.slice(0, 1) : maps.slice(-1);
  const parts = used.map((map) => {
    const own = scope(parameter, `linears.${maps.indexOf(map)}`);
    return resizeTokens(declareLinear(map.tokens, own, map.channels, dim), map, finest);
  });
  return { ...finest, channels: dim, tokens: parts.reduce((sum, part) => add(sum, part)) };
}

/** The decoder of core's `decoder.ts`; a layer without an attention keeps what goes round it. */
function decode(
  tokens: Value,
  face: Value,
  positions: Value,
  { decoder }: ModelConfig,
  { layers, finalTaskToFace, finalNorm }: DecoderWeights,
  { taskSelfAttention, faceToTask }: Required<Omit<Parts, 'fusion'>>,
) {
  let [state, faceTokens] = [tokens, face];
  layers.forEach((layer, depth) => {
    const faceKeys = add(faceTokens, positions);
    const queries = (): Value => (depth === 0 ? state : add(state, tokens)); // made twice, as core does
    if (taskSelfAttention) {
      const visible = memorize(queries(), state, layer.taskSelfAttention);
      const selves = attend(queries(), visible, layer.taskSelfAttention, decoder);
      state = layer.norm1(depth === 0 ? selves : add(state, selves));
    } else {
      state = layer.norm1(state);
    }
    const read = memorize(faceKeys, faceTokens, layer.taskToFace);
    state = layer.norm2(add(state, attend(add(state, tokens), read, layer.taskToFace, decoder)));
    state = layer.norm3(add(state, layer.mlp(state)));
    if (faceToTask) {
      const written = memorize(add(state, tokens), state, layer.faceToTask);
      faceTokens = layer.norm4(add(faceTokens, attend(faceKeys, written, layer.faceToTask, decoder)));
    }
  });
  const final = memorize(add(faceTokens, positions), faceTokens, finalTaskToFace);
  const finished = finalNorm(add(state, attend(add(state, tokens), final, finalTaskToFace, decoder)));
  return { tokens: finished, face: faceTokens, memory: { layers: [], final } };
}
