/** training/gpu: from made-up faces to a checkpoint, without a GPU; its Python parts where PyTorch is installed. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openCheckpoint } from '@facexformer/core';
import { fileSource } from '@facexformer/runtime-node';
import { recognition } from '@facexformer/task-recognition';
import { allTasks } from '@facexformer/tasks';
import { parseRecipe } from '@facexformer/train';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { writeMadeUpFaces } from '../training/gpu/made-up.js';
import { main as pack } from '../training/gpu/pack.js';
import { main as reference } from '../training/gpu/reference.js';
import { main as unpack } from '../training/gpu/unpack.js';

const root = join(import.meta.dirname, '..');
const python = process.env.PYTHON ?? 'python3';
const hasTorch = spawnSync(python, ['-c', 'import numpy, torch']).status === 0;
if (!hasTorch) {
  console.warn(`skipped: training/gpu with PyTorch, as "${python}" has none (PYTHON names another)`);
}

let folder: string;
const at = (name: string): string => join(folder, name);

const train = (pack: string, run: string, steps: number): string => {
  const args = [
    'training/gpu/run.sh',
    at(pack),
    at(run),
    '--device',
    'cpu',
    '--threads',
    '1',
    '--steps',
    `${steps}`,
  ];
  return execFileSync('sh', args, { cwd: root, env: { ...process.env, PYTHON: python } }).toString();
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'training-gpu-'));
  const recipe = JSON.parse(readFileSync(join(root, 'training/mini.json'), 'utf8'));
  recipe.model.backbone = {
    family: 'convnet',
    stem: 4,
    widths: [8, 8, 8, 8],
    depths: [1, 1, 1, 1],
    expand: 0,
  };
  recipe.model.decoder = { dim: 16, heads: 2, mlpDim: 16, depth: 1 };
  recipe.batch = { one: 3, two: 3 };
  recipe.phases = [
    { size: 32, until: 0.5, augment: 0.5 },
    { size: 64, until: 1, batch: { one: 2, two: 6 } },
  ];
  writeFileSync(at('recipe.json'), JSON.stringify(recipe));
  await writeMadeUpFaces(at('cache'), ['one', 'two'], 8);
  await pack([at('recipe.json'), 'no faces', at('pack'), '--cache', at('cache')]);
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true }));

it.each(readdirSync(join(root, 'training')).filter((name) => name.endsWith('.json')))(
  'training/%s is a recipe',
  (name) => {
    const text = readFileSync(join(root, 'training', name), 'utf8');
    expect(parseRecipe(text, allTasks(), [recognition()]).phases.length).toBeGreaterThan(0);
  },
);

it('tells what a view does to each task, learnt from the tasks themselves', () => {
  const { tasks } = JSON.parse(readFileSync(at('pack/pack.json'), 'utf8')) as {
    readonly tasks: readonly Record<string, unknown>[];
  };
  const kinds = Object.fromEntries(tasks.map(({ name, kind }) => [name, kind]));
  expect(kinds).toMatchObject({
    parsing: 'mask',
    landmarks: 'points',
    headPose: 'pose',
    visibility: 'covered',
    age: 'fixed',
    recognition: 'fixed',
  });
  const points = tasks.find(({ kind }) => kind === 'points') as {
    readonly mirrored: readonly number[];
    readonly outline: { readonly chin: number; readonly bridge: number };
  };
  expect(points.mirrored.slice(0, 17)).toEqual(Array.from({ length: 17 }, (_, i) => 16 - i));
  expect(points.outline).toMatchObject({ chin: 8, bridge: 27 });
  const covered = tasks.find(({ kind }) => kind === 'covered') as { readonly places: readonly number[][] };
  expect(covered.places).toHaveLength(29);
  for (const place of covered.places) expect(place.reduce((sum, share) => sum + share)).toBeCloseTo(1);
});

it.skipIf(!hasTorch)('renders the same batches as the trainer in Node', { timeout: 300_000 }, async () => {
  await reference([at('recipe.json'), at('pack'), at('reference'), '--cache', at('cache')]);
  const said = execFileSync(python, ['training/gpu/check.py', at('pack'), at('reference')], { cwd: root });
  expect(said.toString()).toContain('batch-3: 8 faces of 64 pixels');
});

it.skipIf(!hasTorch)('trains, goes on, and brings back a checkpoint', { timeout: 300_000 }, async () => {
  expect(train('pack', 'run', 4)).toContain('"event": "end", "step": 4');
  expect(train('pack', 'run', 6)).toContain('"event": "start", "step": 4');
  await unpack([at('recipe.json'), at('run'), at('run'), '--cache', at('cache')]);
  const { info } = await openCheckpoint(await fileSource(at('run/model.safetensors')));
  expect(info.provenance.name).toBe('mini');
  expect(readdirSync(at('run'))).toContain('recognition.safetensors');
});

it.skipIf(!hasTorch)('learns from a teacher, too', { timeout: 300_000 }, async () => {
  const weights = at('run/model.safetensors');
  const teacher = ['--teacher', at('recipe.json'), '--taught-by', weights, '--from', weights];
  await pack([at('recipe.json'), 'no faces', at('taught'), '--cache', at('cache'), ...teacher]);
  expect(train('taught', 'pupil', 2)).toContain('"event": "end", "step": 2');
});
