import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { classify, openCheckpoint, saveCheckpoint, savePluginCheckpoint } from '@facexformer/core';
import { generatedPlugin } from '@facexformer/core/conformance';
import { fileSource } from '@facexformer/runtime-node';
import { plain, writeTinyFaces } from '@facexformer/test-utils/tiny-faces';
import { untrainedCheckpoint } from '@facexformer/test-utils/untrained';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { main } from '../../src/main.js';
import { collect } from '../collect.js';

let folder: string;
let faces: string;
let checkpoint: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'facexformer-'));
  faces = join(folder, 'faces');
  checkpoint = join(folder, 'untrained.safetensors');
  await writeTinyFaces(faces, 'holdout');
  const { info, tensors, read } = untrainedCheckpoint();
  await writeFile(checkpoint, saveCheckpoint(info, { tensors, read }));
});
afterAll(() => rm(folder, { recursive: true }));

async function run(...args: string[]) {
  const { output, lines, errors } = collect();
  const code = await main(['eval', ...args], output);
  return { code, lines, out: lines.join('\n'), err: errors.join('\n') };
}

it('prints one line of flat JSON and writes the report', async () => {
  const out = join(folder, 'report');
  const { code, lines, err } = await run(
    ...['--faces', faces, '--split', 'holdout', '--checkpoint', checkpoint, '--out', out],
  );
  expect(code, err).toBe(0);
  expect(lines).toHaveLength(1);
  const figures = JSON.parse(lines[0]!);
  expect(figures).toMatchObject({ split: 'holdout', model: 'untrained', 'parsing.n': 2, 'gender.n': 2 });
  for (const [name, value] of Object.entries(figures)) expect(typeof value, name).not.toBe('object');
  for (const name of ['parsing.f1', 'landmarks.nme', 'headPose.mae.yaw', 'age.mae', 'race.accuracy']) {
    expect(figures[name], name).toBeTypeOf('number');
  }
  expect(err).toContain('100 %  6 of 6 faces');
  const report = JSON.parse(await readFile(join(out, 'report.json'), 'utf8'));
  expect(report.figures['age.mae']).toBeCloseTo(figures['age.mae'], 4);
  expect(await readFile(join(out, 'report.md'), 'utf8')).toContain('UNTRAINED');
});

it('takes the first faces of each set only, when asked to', async () => {
  const { out, err } = await run(
    ...['--faces', faces, '--split', 'holdout', '--checkpoint', checkpoint, '--limit', '1'],
    ...['--framing', 'fixed'],
  );
  expect(err).toContain('3 of 3 faces');
  expect(JSON.parse(out)).toMatchObject({ 'gender.n': 1, 'expression.n': 1 });
});

it('reads a public data set as published', async () => {
  const folder2 = join(folder, 'utk');
  await mkdir(folder2);
  await writeFile(join(folder2, '31_0_2_20170116184024662.jpg'), await plain(32, 32, '#a87'));
  const args = ['--faces', folder2, '--layout', 'utkface', '--split', 'all', '--checkpoint', checkpoint];
  const { code, out, err } = await run(...args);
  expect(code, err).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ 'age.n': 1, 'race.n': 1, 'detected.utkface': 0 });
  const empty = await run('--faces', faces, '--layout', 'utkface', '--split', 'all');
  expect(empty.err).toContain(
    'holds no faces of the split "all": its sets need a file all.jsonl (NOT_FOUND)',
  );
});

it('measures a plug-in by the labels under its name', async () => {
  const task = classify('light', { id: 'light@1', labels: ['dark', 'bright'] });
  const base = await openCheckpoint(await fileSource(checkpoint));
  const { info, tensors } = generatedPlugin(task, base);
  await base.close();
  const made = { ...info, task: { ...info.task, made: task.recipe! } };
  const file = join(folder, 'light.safetensors');
  await writeFile(file, await savePluginCheckpoint({ info: made, tensors }));
  const labels = ['dark', 'bright'].map((light, i) =>
    JSON.stringify({ image: `${'ab'[i]}.png`, shard: 'holdout-000.tar', labels: { light } }),
  );
  await writeFile(join(faces, 'utkface', 'own.jsonl'), labels.join('\n'));
  const args = ['--faces', faces, '--split', 'own', '--checkpoint', checkpoint, '--plugin', file];
  const { code, out, err } = await run(...args, '--out', join(folder, 'plugin'));
  expect(code, err).toBe(0);
  const figures = JSON.parse(out);
  expect(figures).toMatchObject({ 'light.n': 2 });
  expect([0, 0.5, 1]).toContain(figures['light.accuracy']);
  expect(figures).not.toHaveProperty('age.n');
  expect(await readFile(join(folder, 'plugin', 'report.md'), 'utf8')).toContain('light, accuracy');
});

it.each([
  [[], 2, 'say with --faces'],
  [['--faces', 'x'], 2, 'say with --split'],
  [['--faces', 'x', '--split', 'val', 'y'], 2, '"y"'],
  [['--faces', 'x', '--split', 'val', '--limit', '0'], 2, 'whole number'],
  [['--faces', 'x', '--split', 'val', '--layout', 'mnist'], 2, '--layout must be one of celebamask-hq'],
  [['--faces', '/nowhere', '--split', 'val'], 1, '/nowhere cannot be read (NOT_FOUND)'],
])('facexformer eval %j exits with %i and says why', async (args, code, text) => {
  const result = await run(...args);
  expect(result.err).toContain(text);
  expect(result.code).toBe(code);
});

it('says which split a folder lacks', async () => {
  const { code, err } = await run('--faces', faces, '--split', 'val');
  expect(code).toBe(1);
  expect(err).toContain('no set with a file val.jsonl: the README');
});
