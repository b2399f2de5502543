import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { classify, openCheckpoint, savePluginCheckpoint } from '@facexformer/core';
import { generatedPlugin } from '@facexformer/core/conformance';
import { miniModel } from '@facexformer/model-mini';
import { fileSource } from '@facexformer/runtime-node';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { main } from '../../src/main.js';
import { collect } from '../collect.js';

let folder: string;
let file: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plugins-'));
  file = join(folder, 'glasses.safetensors');
  const glasses = classify('glasses', { id: 'glasses@1', labels: ['without', 'with'] });
  const base = await openCheckpoint(await fileSource(miniModel));
  await writeFile(file, await savePluginCheckpoint(generatedPlugin(glasses, base)));
  await base.close();
});
afterAll(() => rm(folder, { recursive: true }));

it('export writes the head of a plug-in too', async () => {
  const out = join(folder, 'model.onnx');
  const { output, errors } = collect();
  const args = ['--checkpoint', fileURLToPath(miniModel), '--tasks', 'age', '--plugin', file, '--out', out];
  expect(await main(['export', ...args], output), errors.join()).toBe(0);
  expect(errors.at(-1)).toContain('outputs age, glasses');
  expect((await readFile(out)).includes('tasks.glasses.')).toBe(true);
  expect((await stat(out)).size).toBeGreaterThan(1e6);
});

it('bench runs a plug-in beside the tasks of the model', async () => {
  const { output, lines, errors } = collect();
  const args = ['--plugin', file, '--batch', '1,2', '--runs', '1', '--device', 'cpu', '--threads', '1'];
  expect(await main(['bench', ...args], output), errors.join()).toBe(0);
  expect(lines.join('\n')).toMatch(/batch 1: .* ms per face.*batch 2: /s);
});

it('a plug-in of another model is refused', async () => {
  const { output, errors } = collect();
  const glasses = classify('glasses', { id: 'glasses@1', labels: ['without', 'with'] });
  const base = await openCheckpoint(await fileSource(miniModel));
  const other = generatedPlugin(glasses, base);
  await base.close();
  const foreign = join(folder, 'foreign.safetensors');
  const info = { ...other.info, base: { ...other.info.base, contentHash: `sha256:${'ab'.repeat(32)}` } };
  await writeFile(foreign, await savePluginCheckpoint({ ...other, info }));
  expect(await main(['bench', '--plugin', foreign], output)).toBe(1);
  expect(errors.join()).toContain('WRONG_BASE');
});
