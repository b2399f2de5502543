import { FaceXFormerError } from '../base/errors.js';
import { concat, parameter as declare, input, slice } from '../graph/ops.js';
import { type ParameterFactory, scope } from '../graph/parameters.js';
import { BATCH, type Dim, type Value } from '../graph/value.js';
import type { Task } from '../task/task.js';
import { type Vocabularies, vocabularyOf } from '../task/vocabulary.js';
import { backbone } from './backbone.js';
import type { ModelConfig } from './config.js';
import { type DecoderMemory, declareDecoder, faceXDecoder } from './decoder.js';
import type { FeatureMap } from './feature-map.js';
import { fuse } from './fusion.js';
import { declareTokens, type FrozenFeatures, headOf, pluginTokens } from './plugin-graph.js';
import { positionalEncoding } from './positional-encoding.js';
import { type AttentionValues, meanOfTokens, watchAttention } from './watch.js';

/** Name of the graph's only input. */
export const IMAGE_INPUT = 'image';

/** What of the model is built. */
export interface BuildOptions {
  /** Tasks whose heads are built. Those that the base does not know become plug-ins. */
  readonly tasks: readonly Task[];
  /** Labels by task, where a checkpoint brings its own. */
  readonly vocabularies?: Vocabularies;
  /** Open by default; training fixes it. */
  readonly batch?: Dim;
  /** How parameters are declared; by default as parameters of a checkpoint. */
  readonly parameter?: ParameterFactory;
  /** An image to use instead of declaring the input, [B, 3, H, W]. */
  readonly image?: Value;
  /** Also where each task's tokens look; without it the graph is the same as if this did not exist. */
  readonly explain?: boolean;
}

/** The whole network as a graph. */
export interface ModelGraph {
  /** Raw head outputs [B, ...] by task name. */
  readonly outputs: Readonly<Record<string, Value>>;
  /** Backbone features, finest first. */
  readonly features: readonly FeatureMap[];
  /** The fused face representation [B, H * W, dim]. */
  readonly fused: Value;
  /** Base tokens after the decoder [B, tokens, dim]. */
  readonly tokens: Value;
  /** Face tokens after the decoder [B, H * W, dim]. */
  readonly face: Value;
  /** What plug-in tokens attend to. */
  readonly memory: DecoderMemory;
  /** Where the tokens of each task looked, [B, read], with `explain`. */
  readonly attention?: Readonly<Record<string, AttentionValues>>;
}

/**
 * Assembles FaceXFormer: backbone, fusion, FaceX decoder, heads (paper figure 2). All base tokens always take
 * part; only the heads of `tasks` are built, which is exact.
 * @throws {FaceXFormerError} `DUPLICATE_TASK`, `BAD_OPTION` when a task's token count differs from the base's.
 */
export function buildModel(config: ModelConfig, options: BuildOptions): ModelGraph {
  const { tasks, batch = BATCH, parameter = declare } = options;
  const { height, width } = config.input;
  checkTasks(config, tasks);
  const image = options.image ?? input(IMAGE_INPUT, [batch, 3, height, width]);
  const features = backbone(image, config.backbone, scope(parameter, 'backbone'));
  const { dim } = config.decoder;
  const fused = fuse(features, dim, scope(parameter, 'fusion'));
  const gaussian = parameter('positionalEncoding.gaussian', [2, dim / 2], {
    start: { deviation: 1 },
    trained: false,
  });
  const positions = positionalEncoding(fused.height, fused.width, gaussian);

  const baseTokens = concat(
    config.tasks.map(({ name, tokens }) => declareTokens(parameter, name, tokens, dim)),
    1,
  );
  const weights = declareDecoder(scope(parameter, 'decoder'), config.decoder);
  const watching = options.explain ? watchAttention(config.decoder) : undefined;
  const decoded = faceXDecoder(baseTokens, fused.tokens, positions, config.decoder, weights, watching?.watch);
  const attention: Record<string, AttentionValues> = {};

  const frozen: FrozenFeatures = { memory: decoded.memory, face: { ...fused, tokens: decoded.face } };
  const outputs = tasks.map((task): [string, Value] => {
    const start = firstToken(config, task.name);
    const own = options.explain && start === undefined ? watchAttention(config.decoder) : undefined;
    const tokens =
      start === undefined
        ? pluginTokens(config, task, frozen, parameter, weights, own?.watch)
        : slice(decoded.tokens, 1, start, start + task.tokens);
    const looks = own ?? watching;
    if (looks) attention[task.name] = meanOfTokens(looks.values(), start ?? 0, (start ?? 0) + task.tokens);
    const vocabulary = vocabularyOf(task, options.vocabularies);
    return [task.name, headOf(config, task, tokens, frozen, parameter, vocabulary)];
  });
  return {
    outputs: Object.fromEntries(outputs),
    features,
    fused: fused.tokens,
    tokens: decoded.tokens,
    face: decoded.face,
    memory: decoded.memory,
    ...(options.explain && { attention }),
  };
}

/** Place of a base task's first token in the sequence; undefined for a plug-in. */
function firstToken({ tasks }: ModelConfig, name: string): number | undefined {
  const index = tasks.findIndex((task) => task.name === name);
  return index < 0 ? undefined : tasks.slice(0, index).reduce((sum, { tokens }) => sum + tokens, 0);
}

function checkTasks(config: ModelConfig, tasks: readonly Task[]): void {
  const names = new Set<string>();
  for (const { name, tokens } of tasks) {
    if (names.has(name)) throw new FaceXFormerError('DUPLICATE_TASK', `task "${name}" is registered twice`);
    names.add(name);
    const base = config.tasks.find((task) => task.name === name);
    if (base && base.tokens !== tokens) {
      throw new FaceXFormerError(
        'BAD_OPTION',
        `task "${name}" has ${tokens} tokens, the model was trained with ${base.tokens}`,
      );
    }
  }
}
