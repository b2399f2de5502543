import { noise } from '@facexformer/test-utils/noise';
import { untrainedCheckpoint } from '@facexformer/test-utils/untrained';
import { sizeOf } from '../../src/base/tensor.js';
import { topological } from '../../src/graph/topological.js';
import type { Checkpoint, PluginCheckpoint, Task } from '../../src/index.js';
import { buildModel } from '../../src/model/build.js';

/** Hash that the untrained base of these tests claims to have. */
const BASE_HASH = `sha256:${'ab'.repeat(32)}`;

/** The untrained model, with a content hash. */
export function base(): Checkpoint {
  const checkpoint = untrainedCheckpoint();
  return { ...checkpoint, info: { ...checkpoint.info, contentHash: BASE_HASH } };
}

/** Random weights for any task. */
export function pluginWeights(task: Task, baseHash = BASE_HASH): PluginCheckpoint {
  const { info } = untrainedCheckpoint();
  const { outputs } = buildModel(info.model, { tasks: [task] });
  const tensors = topological([outputs[task.name]!]).flatMap((value) => {
    if (value.op !== 'parameter' || !value.name.startsWith(`tasks.${task.name}.`)) return [];
    const dims = value.shape as readonly number[];
    return [[value.name, { dims, data: noise(sizeOf(dims), value.name.length) }] as const];
  });
  return {
    info: {
      formatVersion: 1,
      task: { name: task.name, tokens: task.tokens, ...(task.recipe && { made: task.recipe }) },
      base: { name: 'untrained', contentHash: baseHash, dim: info.model.decoder.dim },
      vocabulary: task.vocabulary,
      provenance: { name: task.name, trained: false, source: 'noise', licence: 'MIT' },
      metrics: { accuracy: { value: 0.5, low: 0.4, high: 0.6 } },
    },
    tensors: new Map(tensors),
  };
}
