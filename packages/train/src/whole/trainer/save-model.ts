import { dirname, join } from 'node:path';
import { type ModelParameters, namedTensors } from '@facexformer/autodiff';
import {
  bytesSource,
  type CheckpointInfo,
  openCheckpoint,
  saveCheckpoint,
  savePluginCheckpoint,
} from '@facexformer/core';
import { writeFile } from '@facexformer/files';
import { pluginsOf, type StepPlan } from '../plan/plan.js';

/**
 * Writes the model to `path`, and each task that is none of the model's beside it, as the plug-in `<task>.safetensors`.
 * @throws {FaceXFormerError} `WRITE_FAILED`.
 */
export async function saveModel(
  path: string,
  vector: Float32Array,
  parameters: ModelParameters,
  plan: StepPlan,
  provenance: CheckpointInfo['provenance'],
): Promise<void> {
  const { model, tasks, seed } = plan;
  const plugins = pluginsOf(plan);
  const vocabularies = Object.fromEntries(
    tasks.map(({ name, vocabulary }) => [name, plan.vocabularies[name] ?? vocabulary]),
  );
  for (const { name } of plugins) delete vocabularies[name];
  const named = namedTensors(vector, parameters, seed);
  const belongs = (name: string, task: string): boolean => name.startsWith(`tasks.${task}.`);
  const own = [...named.tensors].filter(([name]) => !plugins.some((task) => belongs(name, task.name)));
  const parts: Uint8Array[] = [];
  const info = { formatVersion: 1, model, vocabularies, provenance } as const;
  for await (const part of saveCheckpoint(info, { ...named, tensors: new Map(own) }, 'F16')) parts.push(part);
  await writeFile(path, parts);
  const { contentHash } = (await openCheckpoint(bytesSource(Buffer.concat(parts)))).info;
  for (const { name, tokens, vocabulary, recipe } of plugins) {
    const tensors = await Promise.all(
      [...named.tensors]
        .filter(([tensor]) => belongs(tensor, name))
        .map(
          async ([tensor, { shape }]) => [tensor, { dims: shape, data: await named.read(tensor) }] as const,
        ),
    );
    const plugin = {
      formatVersion: 1,
      task: { name, tokens, ...(recipe && { made: recipe }) },
      base: { name: provenance.name, contentHash: contentHash!, dim: model.decoder.dim },
      vocabulary,
      provenance: { ...provenance, name },
    } as const;
    const bytes = await savePluginCheckpoint({ info: plugin, tensors: new Map(tensors) });
    await writeFile(join(dirname(path), `${name}.safetensors`), bytes);
  }
}
