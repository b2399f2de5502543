import type { CheckpointInfo, RawOutputs, Task } from '@facexformer/core';
import { encodeSafetensors } from '@facexformer/core/formats';
import { stack } from '@facexformer/core/graph';
import { buildModel } from '@facexformer/core/model';
import { writeFile } from '@facexformer/files';

/** Writes the raw outputs of faces as safetensors, [faces, ...] by task. */
export async function writeRaw(
  path: string,
  tasks: readonly Task[],
  faces: readonly RawOutputs[],
  { model, vocabularies }: CheckpointInfo,
): Promise<void> {
  const { outputs } = buildModel(model, { tasks, vocabularies }); // the shapes where there is no face
  const tensors = tasks.map(({ name }) => ({
    name,
    dtype: 'F32' as const,
    shape: [faces.length, ...(outputs[name]!.shape.slice(1) as number[])],
    data: stack(faces.map((raw) => raw[name]!)).data,
  }));
  await writeFile(path, await encodeSafetensors(tensors));
}
