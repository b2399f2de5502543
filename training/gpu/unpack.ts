import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { widen } from '@facexformer/core/formats';
import { recognition } from '@facexformer/task-recognition';
import { allTasks } from '@facexformer/tasks';
import { parseRecipe, planOf, planParameters } from '@facexformer/train';
import { balanceLogits } from '../../packages/train/src/whole/trainer/balance.js';
import { closeSets, facesIn, openSets, planFor } from '../../packages/train/src/whole/trainer/open-sets.js';
import { saveModel } from '../../packages/train/src/whole/trainer/save-model.js';

/**
 * `node training/gpu/unpack.mjs <recipe.json> <weights> <out> [--cache DIR]`: the weights that `train.py` left in a folder as
 * `<out>/model.safetensors`, balanced as the recipe says, and its plug-ins beside it.
 */
export async function main(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { cache: { type: 'string', default: '.cache/train' } },
  });
  const [path, weights, out] = positionals;
  if (!path || !weights || !out)
    throw new Error('say which recipe, where the weights are and where to write');
  const recipe = parseRecipe(await readFile(path, 'utf8'), allTasks(), [recognition()]);
  const phase = recipe.phases.at(-1)!;
  const sets = await openSets({ cache: values.cache, sets: phase.batch }, 'train');
  const plan = planFor(planOf(recipe, phase), sets);
  const parameters = planParameters(plan);
  const vector = await readWeights(weights);
  if (vector.length !== parameters.length) {
    throw new Error(`${weights} holds ${vector.length} weights, the recipe's model has ${parameters.length}`);
  }
  const balanced = balanceLogits(vector, parameters, plan, facesIn(sets), recipe.balance);
  await saveModel(join(out, 'model.safetensors'), balanced, parameters, plan, recipe.info.provenance);
  closeSets(sets);
}

/** Parts `weights-<n>.f16` in order. */
async function readWeights(folder: string): Promise<Float32Array> {
  const count = (await readdir(folder)).filter((name) => /^weights-\d+\.f16$/.test(name)).length;
  const parts = await Promise.all(
    Array.from({ length: count }, (_, part) => readFile(join(folder, `weights-${part}.f16`))),
  );
  return widen('F16', Buffer.concat(parts));
}
