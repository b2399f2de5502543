import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bytesSource, classify, openPluginCheckpoint } from '@facexformer/core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { diskCache, saveTrainedTask } from '../../../src/frozen/node/index.js';

let folder: string;
const path = (...names: readonly string[]): string => join(folder, ...names);
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'photos-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('diskCache', () => {
  const bytes = (value: number): Uint8Array => new Uint8Array(100).fill(value);

  it('keeps entries over runs, forgets the oldest, and never its own', async () => {
    const place = path('cache');
    const first = await diskCache(place, { maxBytes: 350 });
    for (const [key, value] of [
      ['a', 1],
      ['b', 2],
      ['c', 3],
    ] as const) {
      await first.write(key, bytes(value));
      utimesSync(join(place, `${key}.features`), value, value);
    }
    await expect(first.write('d', bytes(4))).rejects.toMatchObject({ code: 'BAD_OPTION' });
    const second = await diskCache(place, { maxBytes: 350 });
    expect(await second.read('a', 98, 2)).toEqual(Uint8Array.of(1, 1));
    await second.write('d', bytes(4)); // a is in use, b is the oldest otherwise
    expect(readdirSync(place).sort()).toEqual(['a.features', 'c.features', 'd.features']);
    expect(await second.read('b', 0, 1)).toBeUndefined();
    expect(await second.read('c', 99, 2)).toBeUndefined(); // cut off
  });

  it('refuses a folder that cannot be', async () => {
    writeFileSync(path('file'), '');
    await expect(diskCache(path('file', 'x'))).rejects.toMatchObject({ code: 'WRITE_FAILED' });
    await expect(diskCache(path('x'), { maxBytes: 0 })).rejects.toMatchObject({ code: 'BAD_OPTION' });
  });
});

it('saveTrainedTask writes the plug-in, its figures and its curves', async () => {
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
