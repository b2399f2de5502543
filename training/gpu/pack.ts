import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { openCheckpoint } from '@facexformer/core';
import { narrow } from '@facexformer/core/formats';
import { UNKNOWN_CLASS } from '@facexformer/core/task';
import { writeFile } from '@facexformer/files';
import { fileSource, nodeRuntime } from '@facexformer/runtime-node';
import { recognition } from '@facexformer/task-recognition';
import { allTasks } from '@facexformer/tasks';
import { parseRecipe, planOf, planParameters, type Recipe } from '@facexformer/train';
import { jpegTables } from '../../packages/train/src/whole/augment/jpeg.js';
import { smoothed } from '../../packages/train/src/whole/batch/batch.js';
import { roundOf } from '../../packages/train/src/whole/batch/set-sampler.js';
import { describeSteps } from '../../packages/train/src/whole/plan/describe-steps.js';
import { type Learner, type StepPlan, weightName } from '../../packages/train/src/whole/plan/plan.js';
import { prepareSet } from '../../packages/train/src/whole/tiles/prepare.js';
import type { Tiles } from '../../packages/train/src/whole/tiles/tiles.js';
import { firstState } from '../../packages/train/src/whole/trainer/first-state.js';
import {
  closeSets,
  type OpenSet,
  openSets,
  planFor,
} from '../../packages/train/src/whole/trainer/open-sets.js';
import { type Archive, bytesOf, createArchive } from './archive.js';
import { moveOf } from './moves.js';
import { answerOf, packTeacher } from './teacher.js';
import { encodeTiles, QUALITY } from './tile-codec.js';

const HELP = `usage: node training/gpu/pack.mjs <recipe.json> <faces> <out> [options]

Packs everything that training/gpu/train.py needs into pieces.

  --cache DIR   where decoded faces are kept (default .cache/train)
  --from PATH   checkpoint to start from instead of noise
  --teacher RECIPE --taught-by PATH   a trained model whose answers to the same pictures are learnt, too
  --piece MIB   largest piece (default 45: a device call carries 64 MiB with the repository)
  --limit N     faces of each set at most, for rehearsals`;

/** Tiles that are compressed together. */
const GROUP = 512;

/** `node training/gpu/pack.mjs`. */
export async function main(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      cache: { type: 'string', default: '.cache/train' },
      from: { type: 'string' },
      teacher: { type: 'string' },
      'taught-by': { type: 'string' },
      piece: { type: 'string', default: '45' },
      limit: { type: 'string', default: 'Infinity' },
    },
  });
  const [path, faces, out] = positionals;
  if (!path || !faces || !out || !values.teacher !== !values['taught-by']) throw new Error(HELP);
  const recipe = parseRecipe(await readFile(path, 'utf8'), allTasks(), [recognition()]);
  const { cache } = values;
  await prepare(recipe, faces, cache);
  const archive = createArchive(out, Number(values.piece) * 2 ** 20);
  const from = values.from === undefined ? undefined : await openCheckpoint(await fileSource(values.from));
  const phases = [];
  const all: { plan: StepPlan; sets: readonly OpenSet[] }[] = [];
  for (const [i, phase] of recipe.phases.entries()) {
    const sets = await openSets({ cache, sets: phase.batch }, 'train');
    const plan = planFor(planOf(recipe, phase), sets);
    all.push({ plan, sets });
    phases.push({ ...phase, batch: sets.map(({ set, rows }) => ({ set, rows })) });
    const steps = describeSteps(plan, planParameters(plan));
    for (const [name, content] of Object.entries(steps))
      await archive.add(`phase-${i}/${name}`, bytesOf(content));
  }
  const { plan, sets } = all[0]!;
  const { parameters } = await firstState(
    { from, balance: recipe.balance },
    plan,
    planParameters(plan),
    sets,
  );
  await archive.add('start', bytesOf(narrow(parameters)));
  const { teacher, 'taught-by': weights } = values;
  if (teacher && weights) {
    const parts = all.map(({ plan, sets }) => ({ size: plan.model.input.width, sets }));
    await packTeacher(archive, teacher, weights, parts);
  }
  const limit = Number(values.limit);
  const packed = [];
  for (const { set, tiles } of sets) packed.push(await packSet(archive, set, tiles, plan.learners, limit));
  const learners = Object.fromEntries(
    all.at(-1)!.plan.learners.map((learner) => [learner.task.name, learner]),
  );
  const index = {
    version: 1,
    seed: recipe.seed,
    optimizer: recipe.optimizer,
    normalization: plan.model.normalization,
    taught: teacher !== undefined,
    phases,
    tasks: Object.values(learners).map((learner) => taskOf(learner, plan.learners, recipe)),
    sets: packed,
    jpeg: jpegTables(50),
    quality: QUALITY,
    entries: await archive.close(),
  };
  await writeFile(`${out}/pack.json`, JSON.stringify(index));
  await from?.close();
  for (const each of all) closeSets(each.sets);
}

/** Decodes the photos where that has not been done. */
async function prepare(recipe: Recipe, faces: string, cache: string): Promise<void> {
  const tasks = [...recipe.tasks, ...recipe.plugins];
  const runtime = nodeRuntime({ device: 'cpu', threads: 1 });
  for (const { set } of recipe.batch) await prepareSet({ faces, cache, set, split: 'train', tasks, runtime });
}

const taskOf = (learner: Learner, learners: readonly Learner[], { losses }: Recipe) => ({
  name: learner.task.name,
  factor: losses[learner.task.name] ?? 1,
  answer: answerOf(learner),
  evidence: learner.learning.evidence,
  ...moveOf(learner, learners),
});

/** Adds the tiles, masks, labels and weights of a set, and how often each face is shown in a round. */
async function packSet(
  archive: Archive,
  name: string,
  tiles: Tiles,
  learners: readonly Learner[],
  limit: number,
): Promise<object> {
  const count = Math.min(tiles.count, limit);
  const faces = tiles.labels.slice(0, count);
  const masked = learners.filter(({ task }) => tiles.dense.includes(task.name));
  const labelled = learners.filter(({ task }) => faces.some(({ labels }) => labels[task.name] !== undefined));
  const side = await packTiles(archive, name, tiles, count, masked);
  await archive.add(`${name}/round`, bytesOf(Int32Array.from(roundOf(faces, learners))));
  const scales: Record<string, number> = {};
  for (const learner of labelled) {
    const task = learner.task.name;
    const arrays: Record<string, readonly (readonly number[])[]> = {
      [weightName(task)]: faces.map(({ labels, weights }) => [
        labels[task] === undefined ? 0 : (weights[task] ?? 1),
      ]),
    };
    if (!masked.includes(learner)) arrays[task] = faces.map(({ labels }) => stored(learner, labels[task]));
    for (const [array, rows] of Object.entries(arrays)) {
      const { scale, numbers } = rounded(rows);
      scales[array] = scale;
      await archive.add(`${name}/${array}`, bytesOf(numbers));
    }
  }
  return { name, count, side, group: GROUP, scales };
}

/** Adds the tiles and their masks in groups; their side. */
async function packTiles(
  archive: Archive,
  name: string,
  tiles: Tiles,
  count: number,
  masked: readonly Learner[],
): Promise<number> {
  let side = 0;
  for (let start = 0; start < count; start += GROUP) {
    const faces = Array.from({ length: Math.min(GROUP, count - start) }, (_, i) => tiles.read(start + i));
    const group = start / GROUP;
    side = faces[0]!.side;
    const pixels = faces.map((face) => face.pixels);
    await archive.add(`${name}/tiles/${group}`, encodeTiles(pixels, side));
    for (const { task } of masked) {
      const masks = faces.map(({ labels }) => labels[task.name] as { readonly data: Uint8Array } | undefined);
      const data = masks.map((mask) => mask?.data ?? new Uint8Array(side * side).fill(UNKNOWN_CLASS));
      await archive.add(`${name}/${task.name}/${group}`, Buffer.concat(data));
    }
  }
  return side;
}

/** A label in numbers: what is fixed as its target, what moves as it is in the tile. */
function stored({ learning, raw, target, vocabulary }: Learner, label: unknown): readonly number[] {
  if (learning.outline) return (label as readonly number[] | undefined) ?? new Array<number>(raw[0]!).fill(0);
  if (learning.transform) {
    const { yaw, pitch, roll } = (label ?? { yaw: 0, pitch: 0, roll: 0 }) as Record<string, number>;
    return [yaw!, pitch!, roll!];
  }
  if (label === undefined) return new Array<number>(target[0]!).fill(0);
  const crop = { x: 0, y: 0, width: 1, height: 1 };
  const encoded = learning.encode(label, { crop, raw, vocabulary, classes: [] });
  return learning.loss === 'crossEntropy' ? smoothed(encoded) : Array.from(encoded);
}

/** Numbers of two bytes, to be multiplied by `scale`. */
function rounded(rows: readonly (readonly number[])[]): {
  readonly scale: number;
  readonly numbers: Int16Array;
} {
  const values = rows.flat();
  const scale = values.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-6) / 32767;
  return { scale, numbers: Int16Array.from(values, (value) => Math.round(value / scale)) };
}
