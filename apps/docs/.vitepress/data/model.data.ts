import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CheckpointInfo, Vocabulary } from '@facexformer/core';
import { allTasks } from '@facexformer/tasks';
import { root } from './read.ts';

/** What the packages and the shipped weights say of themselves. */
export interface ModelData {
  readonly megabytes: number;
  readonly parameters: number;
  readonly info: CheckpointInfo;
  /** The tasks' own vocabularies, for checkpoints that bring none. */
  readonly vocabularies: Readonly<Record<string, Vocabulary>>;
}

declare const data: ModelData;

export { data };

export default {
  load: (): ModelData => ({
    ...shippedModel(),
    vocabularies: Object.fromEntries(allTasks().map(({ name, vocabulary }) => [name, vocabulary])),
  }),
};

/** Reads the header of the shipped safetensors file: 8 bytes of length, then JSON. */
function shippedModel(): Omit<ModelData, 'vocabularies'> {
  const file = readFileSync(join(root, 'packages/model-mini/weights/mini.safetensors'));
  const header = file.subarray(8, 8 + Number(file.readBigUInt64LE())).toString('utf8');
  const { __metadata__, ...tensors } = JSON.parse(header) as {
    readonly __metadata__: { readonly facexformer: string };
  } & Record<string, { readonly shape: readonly number[] }>;
  const sizes = Object.values(tensors).map(({ shape }) => shape.reduce((product, dim) => product * dim, 1));
  return {
    megabytes: file.length / 1e6,
    parameters: sizes.reduce((sum, size) => sum + size, 0),
    info: JSON.parse(__metadata__.facexformer) as CheckpointInfo,
  };
}
