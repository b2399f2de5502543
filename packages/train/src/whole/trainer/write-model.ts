import { open, rename } from 'node:fs/promises';
import { type ModelParameters, namedTensors } from '@facexformer/autodiff';
import { type CheckpointInfo, FaceXFormerError, saveCheckpoint } from '@facexformer/core';

/**
 * Writes weights as a checkpoint in half precision, atomically.
 * @throws {FaceXFormerError} `RUNTIME` for weights that are not finite.
 */
export async function writeModel(
  path: string,
  info: CheckpointInfo,
  vector: Float32Array,
  parameters: ModelParameters,
  seed: number,
): Promise<void> {
  if (!vector.every(Number.isFinite))
    throw new FaceXFormerError('RUNTIME', 'the weights are no longer finite');
  const file = await open(`${path}.tmp`, 'w');
  for await (const chunk of saveCheckpoint(info, namedTensors(vector, parameters, seed), 'F16')) {
    await file.write(chunk);
  }
  await file.sync();
  await file.close();
  await rename(`${path}.tmp`, path);
}
