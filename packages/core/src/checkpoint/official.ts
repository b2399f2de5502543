import { FaceXFormerError } from '../base/errors.js';
import type { TensorEntry, TensorStore } from '../formats/tensor-entry.js';
import { checkShape, declaredParameters } from '../graph/parameter-check.js';
import type { Value } from '../graph/value.js';
import { buildModel } from '../model/build.js';
import type { ModelConfig } from '../model/config.js';
import { relativePositionIndex } from '../model/windows.js';
import type { HeadContext } from '../task/head.js';
import { mlpHead, segmentHead } from '../task/heads.js';
import { TASK_VERSION, type Task } from '../task/task.js';
import type { CheckpointInfo } from './checkpoint.js';
import { checkConfig, MOST_INPUT } from './config-check.js';
import { ourName } from './official-names.js';
import { OFFICIAL_VOCABULARIES } from './official-vocabularies.js';

/** Tasks of the released checkpoint in token order: name, tokens, outputs of its head (none: parsing). */
const OFFICIAL_TASKS = [
  ['landmarks', 1, 136],
  ['headPose', 1, 3],
  ['attributes', 1, 40],
  ['visibility', 1, 29],
  ['age', 1, 8],
  ['gender', 1, 2],
  ['race', 1, 5],
  ['parsing', 11, undefined],
] as const;

/** In the file for completeness, but no output depends on them. */
const UNUSED = /^backbone\.1\.(weight|bias)$/;
const POSITION_INDEX = /\.relative_position_index$/;

/**
 * Recognises the tensors of the released FaceXFormer under their official names, at any size of the network, and
 * gives them ours.
 * @throws {FaceXFormerError} `MISSING_TENSOR`, `BAD_TENSOR` (shape), `BAD_CHECKPOINT` (an unexpected tensor, or a
 * position index that differs from its formula); each names the tensor.
 */
export async function adoptOfficial(
  store: TensorStore,
  input: ModelConfig['input'] = { height: 224, width: 224 },
): Promise<{ readonly info: CheckpointInfo; readonly officialNames: ReadonlyMap<string, string> }> {
  checkInput(input);
  const config = inferConfig(store.tensors, input);
  checkConfig({ ...config });
  const officialNames = new Map<string, string>();
  for (const official of store.tensors.keys()) {
    if (UNUSED.test(official)) continue;
    if (POSITION_INDEX.test(official)) {
      await checkPositionIndex(official, store, config);
      continue;
    }
    const name = ourName(official);
    if (!name) throw unexpected(official);
    officialNames.set(name, official);
  }
  const expected = expectedParameters(config);
  for (const [name, shape] of expected) {
    const official = officialNames.get(name);
    if (!official) {
      throw new FaceXFormerError(
        'MISSING_TENSOR',
        `the checkpoint lacks the tensor of "${name}": use the released file as published`,
        {
          details: { name },
        },
      );
    }
    checkShape(official, store.tensors.get(official)!.shape, shape);
  }
  for (const [name, official] of officialNames) {
    if (!expected.has(name)) throw unexpected(official);
  }
  return { info: officialInfo(config), officialNames };
}

const unexpected = (tensor: string): FaceXFormerError =>
  new FaceXFormerError(
    'BAD_CHECKPOINT',
    `the released FaceXFormer has no tensor "${tensor}": use its file as published`,
    { details: { tensor } },
  );

async function checkPositionIndex(name: string, store: TensorStore, config: ModelConfig): Promise<void> {
  if (config.backbone.family !== 'swin') return;
  const { window } = config.backbone;
  checkShape(name, store.tensors.get(name)!.shape, [window ** 4]);
  const expected = relativePositionIndex(window);
  const values = await store.read(name);
  if (values.length !== expected.length || expected.some((index, i) => index !== values[i])) {
    throw new FaceXFormerError('BAD_CHECKPOINT', `"${name}" is not the position index of a Swin Transformer`);
  }
}

function inferConfig(tensors: ReadonlyMap<string, TensorEntry>, input: ModelConfig['input']): ModelConfig {
  const shape = (name: string, rank: number): readonly number[] => {
    const entry = tensors.get(name);
    if (!entry)
      throw new FaceXFormerError(
        'MISSING_TENSOR',
        `the checkpoint lacks the tensor "${name}": use the released file as published`,
        {
          details: { name },
        },
      );
    if (entry.shape.length !== rank) {
      throw new FaceXFormerError(
        'BAD_TENSOR',
        `tensor "${name}" has shape [${entry.shape}], expected ${rank} axes`,
      );
    }
    return entry.shape;
  };
  const countBlocks = (stage: number): number => {
    let depth = 0;
    while (tensors.has(`backbone.0.${2 * stage + 1}.${depth}.norm1.weight`)) depth += 1;
    return depth;
  };
  const stages = [0, 1, 2, 3];
  const tables = stages.map((stage) =>
    shape(`backbone.0.${2 * stage + 1}.0.attn.relative_position_bias_table`, 2),
  );
  const dim = shape('face_decoder.mask_tokens.weight', 2)[1]!;
  let depth = 0;
  while (tensors.has(`face_decoder.transformer.layers.${depth}.norm1.weight`)) depth += 1;
  return {
    backbone: {
      family: 'swin',
      embedDim: shape('backbone.0.0.0.weight', 4)[0]!,
      depths: stages.map(countBlocks),
      heads: tables.map(([, heads]) => heads!),
      window: windowOf(tables[0]!),
    },
    decoder: {
      dim,
      heads: dim === 256 ? 8 : dim / 16, // not visible in any shape; the released model has 8
      mlpDim: shape('face_decoder.transformer.layers.0.mlp.lin1.weight', 2)[0]!,
      depth,
    },
    tasks: OFFICIAL_TASKS.map(([name, tokens]) => ({ name, tokens })),
    input,
    normalization: { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] },
    crop: { margin: 0.25, square: false },
  };
}

function checkInput({ height, width }: ModelConfig['input']): void {
  const isUsable = (size: number): boolean => size > 0 && size % 4 === 0;
  if (isUsable(height) && isUsable(width) && height * width <= MOST_INPUT) return;
  throw new FaceXFormerError(
    'BAD_OPTION',
    `the input of ${width}x${height} pixels must have sides that are multiples of 4, and ${MOST_INPUT} pixels at most`,
  );
}

/** A position bias table has a row for every distance inside the window: (2 window - 1)^2. */
function windowOf([rows]: readonly number[]): number {
  const window = (Math.sqrt(rows!) + 1) / 2;
  if (Number.isInteger(window)) return window;
  throw new FaceXFormerError(
    'BAD_TENSOR',
    `tensor "backbone.0.1.0.attn.relative_position_bias_table" has ${rows} rows, which no window fits: use the released file as published`,
  );
}

/** Every parameter that the graph of this configuration declares, with its shape. */
function expectedParameters(config: ModelConfig): ReadonlyMap<string, readonly number[]> {
  const tasks = OFFICIAL_TASKS.map(
    ([name, tokens, outputs]): Task => ({
      specificationVersion: TASK_VERSION,
      name,
      tokens,
      vocabulary: OFFICIAL_VOCABULARIES[name],
      head: (context: HeadContext): Value => (outputs ? mlpHead(context, outputs) : segmentHead(context)),
      decode: (raw) => raw,
    }),
  );
  const { outputs } = buildModel(config, { tasks });
  return declaredParameters(Object.values(outputs));
}

const RACE_DOUBT =
  'the author lists Indian before Asian, but scoring the released weights on UTKFace fits Asian before Indian';
const YAW_DOUBT =
  'the official drawing suggests that yaw is negative for a face turned to image-right; the sign is inferred';

function officialInfo(model: ModelConfig): CheckpointInfo {
  return {
    formatVersion: 1,
    model,
    vocabularies: {
      ...OFFICIAL_VOCABULARIES,
      race: { ...OFFICIAL_VOCABULARIES.race, notes: [RACE_DOUBT] },
      headPose: { ...OFFICIAL_VOCABULARIES.headPose, notes: [YAW_DOUBT] },
    },
    provenance: {
      name: 'facexformer-official',
      trained: true,
      source: 'weights under the official tensor names (github.com/Kartik-3004/facexformer)',
      licence: 'MIT for the code; the training sets are for research only',
    },
  };
}
