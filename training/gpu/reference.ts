import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { writeFile } from '@facexformer/files';
import { recognition } from '@facexformer/task-recognition';
import { allTasks } from '@facexformer/tasks';
import { parseRecipe, planOf } from '@facexformer/train';
import { createBatches } from '../../packages/train/src/whole/batch/batches.js';
import { feedShapes } from '../../packages/train/src/whole/plan/plan.js';
import { closeSets, openSets, planFor } from '../../packages/train/src/whole/trainer/open-sets.js';
import { bytesOf } from './archive.js';

/** Batches of each phase. */
const BATCHES = 2;

/**
 * `node training/gpu/reference.mjs <recipe.json> <pack> <out> [--cache DIR]`: batches as the trainer in Node renders them
 * from the faces of a pack, with the numbers that its own generator draws; `check.py` renders the same.
 */
export async function main(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { cache: { type: 'string', default: '.cache/train' } },
  });
  const [path, pack, out] = positionals;
  if (!path || !pack || !out) throw new Error('say which recipe, which pack and where to write');
  const recipe = parseRecipe(await readFile(path, 'utf8'), allTasks(), [recognition()]);
  const { sets: packed } = JSON.parse(await readFile(`${pack}/pack.json`, 'utf8')) as {
    readonly sets: readonly { readonly name: string; readonly count: number }[];
  };
  const batches: object[] = [];
  for (const [i, phase] of recipe.phases.entries()) {
    const sets = await openSets({ cache: values.cache, sets: phase.batch }, 'train');
    const plan = planFor(planOf(recipe, phase), sets);
    let faces: { readonly set: string; readonly index: number }[] = [];
    let tiles: Uint8Array[] = [];
    const recorded = sets.map(({ set, rows, tiles: own }) => ({
      rows,
      tiles: {
        ...own,
        labels: own.labels.slice(0, packed.find(({ name }) => name === set)!.count),
        read(index: number) {
          const face = own.read(index);
          faces.push({ set, index });
          tiles.push(face.pixels);
          return face;
        },
      },
    }));
    for (let step = 0; step < BATCHES; step += 1) {
      [faces, tiles] = [[], []];
      const batch = createBatches(plan, recorded, phase.augment)(step);
      const name = `batch-${batches.length}`;
      await writeFile(`${out}/${name}.tiles`, tiles);
      const feeds = Object.keys(feedShapes(plan)).map((feed) => bytesOf(batch[feed]!.data));
      await writeFile(`${out}/${name}.feeds`, feeds);
      batches.push({ name, phase: i, step, seed: plan.seed, faces });
    }
    closeSets(sets);
  }
  await writeFile(`${out}/reference.json`, JSON.stringify(batches));
}
