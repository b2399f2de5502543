/** The ways to run the full model that are compared: each opens a session and returns `run(batch of images)`. */

import { openCheckpoint } from '@facexformer/core';
import { exportOnnx } from '@facexformer/core/graph';
import { buildModel } from '@facexformer/core/model';
import { fileSource, nodeRuntime } from '@facexformer/runtime-node';
import { allTasks } from '@facexformer/tasks';
import * as ort from 'onnxruntime-node';

const THREADS = 2;

async function ours(weights, precision) {
  const checkpoint = await openCheckpoint(await fileSource(weights));
  const { model, vocabularies } = checkpoint.info;
  const { outputs } = buildModel(model, {
    tasks: allTasks().filter(({ name }) => name in vocabularies),
    vocabularies,
  });
  const session = await nodeRuntime({ device: 'cpu', threads: THREADS }).open((target, { external }) =>
    exportOnnx({ outputs, parameters: checkpoint, target, precision, external }),
  );
  return (image) => session.run({ image });
}

async function plain(path) {
  const session = await ort.InferenceSession.create(path, { intraOpNumThreads: THREADS });
  return ({ data, dims }) => session.run({ image: new ort.Tensor('float32', data, dims) });
}

/** @param {{ weights: string, plain: string }} files */
export const variants = (files) => ({
  plain: () => plain(files.plain),
  fp32: () => ours(files.weights, 'fp32'),
  int8: () => ours(files.weights, 'int8'),
});

/** A batch of made-up pictures [batch, 3, 224, 224]. */
export const pictures = (batch) => ({
  dims: [batch, 3, 224, 224],
  data: new Float32Array(batch * 3 * 224 * 224).map((_, i) => Math.sin(i)),
});
