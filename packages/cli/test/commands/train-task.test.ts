import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bytesSource, openPluginCheckpoint } from '@facexformer/core';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { main } from '../../src/main.js';
import { collect } from '../collect.js';

async function run(args: readonly string[]) {
  const { output, lines, errors } = collect();
  const code = await main(args, output);
  return { code, output: lines.join('\n'), errors: errors.join('\n') };
}

let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'train-task-'));
  for (let i = 0; i < 20; i += 1) {
    const label = i % 2 === 0 ? 'dark' : 'light';
    mkdirSync(join(folder, 'photos', label), { recursive: true });
    const background = { r: 10 * i, g: 30, b: label === 'dark' ? 20 : 230 };
    await sharp({ create: { width: 64, height: 64, channels: 3, background } })
      .png()
      .toFile(join(folder, 'photos', label, `${i}.png`));
  }
  symlinkSync('nowhere', join(folder, 'photos', 'dark', 'gone.png'));
  const heic = Buffer.from('\0\0\0\x18ftypmif1\0\0\0\0mif1heic', 'latin1');
  writeFileSync(join(folder, 'photos', 'dark', 'phone.jpg'), heic);
});

afterAll(() => rmSync(folder, { recursive: true }));

it('trains a task from a folder per label, by flags and by a config', async () => {
  const out = join(folder, 'light.safetensors');
  const common = ['--no-detect', '--cache', join(folder, 'cache'), '--batch', '8', '--threads', '1'];
  const first = await run([
    'train-task',
    join(folder, 'photos'),
    '--name',
    'light',
    '--epochs',
    '2',
    '--out',
    out,
    ...common,
  ]);
  expect(first.errors).toContain('balancedAccuracy');
  expect(first.errors).toMatch(/phone\.jpg: skipped, .*HEIC/);
  expect(first.errors).toMatch(/gone\.png: skipped, .*gone\.png does not exist/);
  expect(first.code).toBe(0);
  expect(first.output.trim().split('\n')).toHaveLength(3);
  const { info } = await openPluginCheckpoint(bytesSource(readFileSync(out)));
  expect(info).toMatchObject({
    task: { name: 'light', tokens: 1 },
    vocabulary: { labels: ['dark', 'light'] },
  });

  const inspected = await run(['inspect', out]);
  expect(inspected.output).toContain('light: 1 token, light@1 (dark, light)');

  const photo = join(folder, 'photos', 'dark', '0.png');
  const analyzed = await run(['analyze', photo, '--no-detect', '--tasks', 'age', '--plugin', out]);
  expect(analyzed.code, analyzed.errors).toBe(0);
  const [face] = JSON.parse(analyzed.output).faces;
  expect(['dark', 'light']).toContain(face.light.label);
  expect(face.age.years).toBeGreaterThan(0);
  const whole = await run(['analyze', photo, '--plugin', photo]);
  expect(whole.errors).toContain('BAD_CHECKPOINT');

  const config = join(folder, 'task.json');
  writeFileSync(
    config,
    JSON.stringify({
      photos: 'photos',
      name: 'light',
      labels: 'light,dark',
      out: 'b.safetensors',
      'no-flip': true,
      epochs: 9,
    }),
  );
  const second = await run(['train-task', config, ...common, '--epochs', '1', '--folds', '2']);
  expect(second.code, second.errors).toBe(0);
  expect(second.errors).toContain('measured on each by a training without it');
  expect(second.output).toContain(join(folder, 'b.safetensors'));
  expect(readFileSync(join(folder, 'b.jsonl'), 'utf8').trim().split('\n')).toHaveLength(2);
}, 120_000);

it('says what is missing', async () => {
  const photos = join(folder, 'photos');
  writeFileSync(join(folder, 'empty.mjs'), 'export const nothing = 1;');
  for (const [args, message] of [
    [['train-task'], 'folder or table'],
    [['train-task', photos], '--name'],
    [['train-task', photos, '--name', 'x', '--kind', 'guess'], '--kind must be one of'],
    [['train-task', photos, '--name', 'x', '--kind', 'regress'], '--range'],
    [['train-task', 'none.csv', '--name', 'x'], '--labels'],
    [['train-task', photos, '--name', 'x', '--rate', '-1'], '--rate'],
    [['train-task', 'none.json'], 'cannot be read'],
    [['train-task', photos, '--task', 'none.js'], 'cannot be imported'],
    [['train-task', photos, '--task', join(folder, 'empty.mjs')], 'exports no task'],
  ] as const) {
    const { code, errors } = await run([...args, '--cache', join(folder, 'cache')]);
    expect(errors).toContain(message);
    expect(code).toBeGreaterThan(0);
  }
});
