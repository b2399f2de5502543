import { dirname } from 'node:path';
import type { Tensor } from '@facexformer/core';
import type { OnnxModel } from '@facexformer/core/graph';
import * as ort from 'onnxruntime-node';

/** Runs an exported model in onnxruntime, the engine that our own evaluation is compared with. */
export async function runOnnx(
  model: OnnxModel,
  feeds: Readonly<Record<string, Tensor>>,
): Promise<Record<string, Tensor>> {
  const folder = model.externalFile && dirname(model.externalFile);
  const session = await ort.InferenceSession.create(model.bytes, {
    intraOpNumThreads: 2,
    logSeverityLevel: 3,
    ...(folder && { extra: { session: { model_external_initializers_file_folder_path: folder } } }),
  });
  const results = await session.run(
    Object.fromEntries(
      Object.entries(feeds).map(([name, { data, dims }]) => [name, new ort.Tensor('float32', data, dims)]),
    ),
  );
  await session.release();
  return Object.fromEntries(
    Object.entries(results).map(([name, { data, dims }]) => [name, { data: data as Float32Array, dims }]),
  );
}

/** Largest absolute difference; infinite when lengths differ or something is not a number. */
export function maxAbsDiff(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY;
  let top = 0;
  for (let i = 0; i < a.length; i += 1) {
    const difference = Math.abs(a[i]! - b[i]!);
    if (!(difference <= top)) top = Number.isNaN(difference) ? Number.POSITIVE_INFINITY : difference;
  }
  return top;
}

export { noise } from './noise.js';
