import { type ModelParameters, namedTensors } from '@facexformer/autodiff';
import { type CheckpointInfo, FaceXFormerError, saveCheckpoint } from '@facexformer/core';
import { writeFile } from '@facexformer/files';

/**
 * Writes weights as a checkpoint in half precision, atomically.
 * @throws {FaceXFormerError} `RUNTIME` for weights that are not finite, `WRITE_FAILED`.
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
  await writeFile(path, saveCheckpoint(info, namedTensors(vector, parameters, seed), 'F16'));
}
