import { open, rename } from 'node:fs/promises';
import { type CheckpointInfo, FaceXFormerError, saveCheckpoint } from '@facexformer/core';
import { namedTensors, type ParameterSlot } from '../step/parameters.js';

/**
 * Writes weights as a checkpoint in half precision, atomically.
 * @throws {FaceXFormerError} `RUNTIME` for weights that are not finite.
 */
export async function writeModel(
  path: string,
  info: CheckpointInfo,
  vector: Float32Array,
  slots: readonly ParameterSlot[],
  seed: number,
): Promise<void> {
  if (!vector.every(Number.isFinite))
    throw new FaceXFormerError('RUNTIME', 'the weights are no longer finite');
  const file = await open(`${path}.tmp`, 'w');
  for await (const chunk of saveCheckpoint(info, namedTensors(vector, slots, info.model, seed), 'F16')) {
    await file.write(chunk);
  }
  await file.sync();
  await file.close();
  await rename(`${path}.tmp`, path);
}
