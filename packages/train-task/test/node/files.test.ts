import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bytesSource, classify, openPluginCheckpoint } from '@facexformer/core';
import { nodeRuntime } from '@facexformer/runtime-node';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Example } from '../../src/index.js';
import { parseCsv } from '../../src/node/csv.js';
import { diskCache, photosOfFolder, photosOfTable, saveTrainedTask } from '../../src/node/index.js';

let folder: string;
const path = (...names: readonly string[]): string => join(folder, ...names);
const png = (value: number): Promise<Buffer> =>
  sharp({ create: { width: 2, height: 2, channels: 3, background: { r: value, g: value, b: value } } })
    .png()
    .toBuffer();

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'photos-'));
  for (const [place, value] of [
    ['plain/b/1.png', 1],
    ['plain/a/2.png', 2],
    ['plain/a/3.PNG', 3],
    ['split/train/a/4.png', 4],
    ['split/val/a/5.png', 5],
  ] as const) {
    mkdirSync(path(place, '..'), { recursive: true });
    writeFileSync(path(place), await png(value));
  }
  writeFileSync(path('plain', 'a', 'notes.txt'), 'no photo');
});

afterAll(() => rmSync(folder, { recursive: true }));

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const list: Item[] = [];
  for await (const item of items) list.push(item);
  return list;
}
const brief = (examples: readonly Example<Uint8Array>[]) =>
  examples.map(({ label, split }) => [label, split]);

describe('photosOfFolder', () => {
  it('reads a folder per label, with splits above them or without', async () => {
    const plain = await all(photosOfFolder(path('plain')));
    expect(brief(plain)).toEqual([
      ['a', undefined],
      ['a', undefined],
      ['b', undefined],
    ]);
    expect(new Set(plain.map(({ key }) => key)).size).toBe(3);
    expect(brief(await all(photosOfFolder(path('split'))))).toEqual([
      ['a', 'train'],
      ['a', 'val'],
    ]);
    await expect(all(photosOfFolder(path('none')))).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(all(photosOfFolder(path('plain', 'a')))).rejects.toThrow('one for each label');
  });
});

describe('photosOfTable', () => {
  const table = (name: string, text: string): string => {
    writeFileSync(path(name), text);
    return path(name);
  };

  it('reads labels, splits, boxes and several columns', async () => {
    const csv = table(
      'a.csv',
      '\uFEFFimage,label,split,box\r\nplain/a/2.png,"a ""b"", c",val,1 2 3 4\nplain/b/1.png,x,,\n',
    );
    const [first, second] = await all(photosOfTable(csv));
    expect(first).toMatchObject({
      label: 'a "b", c',
      split: 'val',
      box: { x: 1, y: 2, width: 3, height: 4 },
    });
    expect(second).not.toHaveProperty('box');
    const lines = table('a.jsonl', '{"image":"plain/a/2.png","yaw":3,"pitch":-1}\n\n');
    expect((await all(photosOfTable(lines)))[0]!.label).toEqual({ yaw: 3, pitch: -1 });
  });

  it('decodes masks', async () => {
    const lines = table('m.jsonl', '{"image":"plain/a/2.png","mask":"plain/a/3.PNG"}');
    const [{ label }] = (await all(photosOfTable(lines, nodeRuntime()))) as [Example<Uint8Array>];
    expect(label).toEqual({ width: 2, height: 2, data: Uint8Array.of(3, 3, 3, 3) });
    await expect(all(photosOfTable(lines))).rejects.toThrow('runtime');
  });

  it('names the entry that is wrong', async () => {
    for (const [text, message] of [
      ['image,label\n,x\n', 'entry 1: has no "image"'],
      ['image,label,split\nplain/a/2.png,x,dev\n', 'split "dev"'],
      ['image,label,box\nplain/a/2.png,x,1 2\n', 'four numbers'],
      ['image,label\nnone.png,x\n', 'none.png cannot be read'],
      ['image\na,b\n', 'row 2 has 2 fields'],
      ['image,label\n"a,b\n', 'quote'],
    ] as const) {
      await expect(all(photosOfTable(table('bad.csv', text)))).rejects.toThrow(message);
    }
    await expect(all(photosOfTable(table('bad.jsonl', '[1]')))).rejects.toThrow('line 1');
    await expect(all(photosOfTable(path('none.csv')))).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('takes lines in quotes and fields that are empty', () => {
    expect(parseCsv('a,b\n"1\n2",\n,3', 't')).toEqual([
      { a: '1\n2', b: '' },
      { a: '', b: '3' },
    ]);
  });
});

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
