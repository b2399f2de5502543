import { demand } from '../base/arguments.js';
import { parameter as declare, reshape } from '../graph/ops.js';
import { type ParameterFactory, scope } from '../graph/parameters.js';
import { VALUE, type Value } from '../graph/value.js';
import { attempt } from '../task/attempt.js';
import type { HeadContext } from '../task/head.js';
import type { Task } from '../task/task.js';
import type { Vocabulary } from '../task/vocabulary.js';
import type { ModelConfig } from './config.js';
import { type DecoderMemory, type DecoderWeights, declareDecoder, pluginDecoder } from './decoder.js';
import type { WatchDecoder } from './watch.js';

/** What a plug-in reads of the frozen base. */
export interface FrozenFeatures {
  readonly memory: DecoderMemory;
  /** The face tokens after the decoder, [B, height * width, dim]. */
  readonly face: HeadContext['face'];
}

/**
 * Builds the part of the network that belongs to a plug-in: its tokens through the decoder, and its head.
 * @returns the raw output [B, ...]
 */
export function buildPlugin(
  config: ModelConfig,
  task: Task,
  features: FrozenFeatures,
  parameter: ParameterFactory = declare,
): Value {
  const weights = declareDecoder(scope(parameter, 'decoder'), config.decoder);
  const tokens = pluginTokens(config, task, features, parameter, weights);
  return headOf(config, task, tokens, features, parameter, task.vocabulary);
}

/** A task's learnable tokens, [1, tokens, dim]. */
export const declareTokens = (parameter: ParameterFactory, name: string, count: number, dim: number): Value =>
  reshape(parameter(`tasks.${name}.token`, [count, dim], { start: { deviation: 0.5 }, decays: false }), [
    1,
    count,
    dim,
  ]);

/** A plug-in's tokens after the decoder, [B, tokens, dim]. */
export function pluginTokens(
  { decoder }: ModelConfig,
  { name, tokens }: Task,
  { memory }: FrozenFeatures,
  parameter: ParameterFactory,
  weights: DecoderWeights,
  watch?: WatchDecoder,
): Value {
  return pluginDecoder(declareTokens(parameter, name, tokens, decoder.dim), memory, decoder, weights, watch);
}

/** A task's raw output [B, ...] from its tokens after the decoder. */
export function headOf(
  { decoder: { dim }, input }: ModelConfig,
  task: Task,
  tokens: Value,
  { face }: FrozenFeatures,
  parameter: ParameterFactory,
  vocabulary: Vocabulary,
): Value {
  const { height, width } = face;
  const own = scope(parameter, `tasks.${task.name}`);
  const context = {
    tokens,
    face: { tokens: face.tokens, height, width },
    dim,
    input,
    vocabulary,
    parameter: own,
  };
  const built = attempt(task.name, 'build its head', () => task.head(context));
  if ('error' in built) throw built.error;
  return demand(built.result, VALUE, `the head of task "${task.name}"`, 'TASK_FAILED');
}
