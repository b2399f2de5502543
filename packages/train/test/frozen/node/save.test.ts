import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bytesSource, classify, openPluginCheckpoint } from '@facexformer/core';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { saveTrainedTask } from '../../../src/frozen/node/save.js';

let folder: string;
const path = (...names: readonly string[]): string => join(folder, ...names);
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'save-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

it('writes the plug-in, its figures and its curves', async () => {
  const task = classify('light', { id: 'light@1', labels: ['a', 'b'] });
  const metrics = { accuracy: { value: 0.5, low: 0.4, high: 0.6 } };
  const paths = await saveTrainedTask(
    {
      checkpoint: {
        info: {
          formatVersion: 1,
          task: { name: 'light', tokens: 1 },
          base: { name: 'x', contentHash: 'sha256:0', dim: 2 },
          vocabulary: task.vocabulary,
          provenance: { name: '<light>', trained: true, source: 'x', licence: 'MIT' },
          metrics,
        },
        tensors: new Map([['tasks.light.token', { dims: [1, 2], data: Float32Array.of(1, 2) }]]),
      },
      metrics,
      epochs: [0, 1].map((epoch) => ({ epoch, trainLoss: 1 - epoch / 2, valLoss: 0.8 })),
      best: 1,
      counts: { train: 3, val: 1, test: 1 },
      skipped: [],
    },
    path('out', 'light.safetensors'),
  );
  const [plugin, lines, picture] = paths.map((file) => readFileSync(file));
  expect((await openPluginCheckpoint(bytesSource(plugin!))).info.metrics).toEqual(metrics);
  expect(lines!.toString().trim().split('\n')).toHaveLength(3);
  const { width } = await sharp(picture!).metadata(); // a renderer that is not ours reads it
  expect(width).toBe(640);
  expect(readdirSync(path('out'))).toHaveLength(3);
});
