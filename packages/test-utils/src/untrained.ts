import { bytesSource, type Checkpoint, type CheckpointInfo } from '@facexformer/core';
import { sizeOf, topological } from '@facexformer/core/graph';
import { buildModel } from '@facexformer/core/model';
import { allTasks } from '@facexformer/tasks';

const INFO: CheckpointInfo = {
  formatVersion: 1,
  model: {
    backbone: { family: 'convnet', stem: 8, widths: [8, 16, 16, 24], depths: [1, 1, 1, 1], expand: 0 },
    decoder: { dim: 32, heads: 2, mlpDim: 48, depth: 2 },
    tasks: allTasks().map(({ name, tokens }) => ({ name, tokens })),
    input: { height: 64, width: 64 },
    normalization: { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] },
    crop: { margin: 0.3, square: true },
  },
  vocabularies: Object.fromEntries(allTasks().map(({ name, vocabulary }) => [name, vocabulary])),
  provenance: {
    name: 'untrained',
    trained: false,
    source: 'random numbers',
    licence: 'MIT',
  },
};

/** Uniform in -1..1, the same on every machine. */
function random(count: number, seed: number): Float32Array {
  let state = seed;
  return Float32Array.from({ length: count }, () => {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), 1 | state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 31 - 1;
  });
}

/** A small network of random weights for tests: every face says that its results mean nothing. */
export function untrainedCheckpoint(): Checkpoint {
  const { outputs } = buildModel(INFO.model, { tasks: allTasks(), vocabularies: INFO.vocabularies });
  const shapes = new Map<string, readonly number[]>();
  for (const value of topological(Object.values(outputs))) {
    if (value.op === 'parameter') shapes.set(value.name, value.shape as readonly number[]);
  }
  return {
    info: INFO,
    source: bytesSource(new Uint8Array(0)),
    tensors: new Map(
      [...shapes].map(([name, shape]) => [name, { dtype: 'F32', shape, offset: 0, byteLength: 0 }]),
    ),
    read: async (name) => {
      const shape = shapes.get(name)!;
      const isScale = /norm\w*\.weight$|\.scale$|\.gain$/i.test(name);
      const reach = shape.length < 2 ? 0.1 : Math.sqrt(3 / sizeOf(shape.slice(1)));
      return random(sizeOf(shape), name.length * 7919 + sizeOf(shape)).map(
        (x) => x * reach + (isScale ? 1 : 0),
      );
    },
    close: async () => undefined,
  };
}
