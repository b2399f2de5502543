import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeRuntime } from '@facexformer/runtime-node';
import { plain } from '@facexformer/test-utils/tiny-faces';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { photosOfTable } from '../../src/photos/table.js';
import { all } from '../all.js';

let folder: string;
const path = (...names: readonly string[]): string => join(folder, ...names);
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'photos-'));
  mkdirSync(path('photos'));
  for (const value of [1, 2, 3]) {
    writeFileSync(path('photos', `${value}.png`), await plain(2, 2, `#0${value}0${value}0${value}`));
  }
});
afterAll(() => rmSync(folder, { recursive: true }));

const table = (name: string, text: string): string => {
  writeFileSync(path(name), text);
  return path(name);
};

it('reads labels, splits, boxes and several columns', async () => {
  const csv = table(
    'a.csv',
    '\uFEFFimage,label,split,box\r\nphotos/2.png,"a ""b"", c",val,1 2 3 4\nphotos/1.png,x,,\n',
  );
  const [first, second] = await all(photosOfTable(csv));
  expect(first).toMatchObject({
    label: 'a "b", c',
    split: 'val',
    box: { x: 1, y: 2, width: 3, height: 4 },
  });
  expect(second).not.toHaveProperty('box');
  expect(second).not.toHaveProperty('split');
  const lines = table('a.jsonl', '{"image":"photos/2.png","yaw":3,"pitch":-1}\n\n');
  expect((await all(photosOfTable(lines)))[0]!.label).toEqual({ yaw: 3, pitch: -1 });
});

it('decodes masks', async () => {
  const lines = table('m.jsonl', '{"image":"photos/2.png","mask":"photos/3.png"}');
  const [photo] = await all(photosOfTable(lines, nodeRuntime()));
  expect(photo!.label).toEqual({ width: 2, height: 2, data: Uint8Array.of(3, 3, 3, 3) });
  await expect(all(photosOfTable(lines))).rejects.toThrow('runtime');
});

it.each([
  ['image,label\n,x\n', 'row 2: there is no "image"'],
  ['image,label,split\nphotos/2.png,x,dev\n', 'row 2: "split" must be train, val or test, not a text of 3'],
  ['image,label,box\nphotos/2.png,x,1 2\n', 'row 2: "box" must be four numbers'],
])('names the row of %j that is wrong', async (text, message) => {
  await expect(all(photosOfTable(table('bad.csv', text)))).rejects.toThrow(message);
});

it('leaves a photo that cannot be read to the decoder', async () => {
  const csv = table('gone.csv', 'image,label\nnone.png,x\n/dev/zero,y\nphotos/1.png,z\n');
  const [gone, endless, photo] = await all(photosOfTable(csv));
  expect([gone, endless]).toEqual([
    { image: path('none.png'), name: path('none.png'), label: 'x' },
    { image: '/dev/zero', name: '/dev/zero', label: 'y' },
  ]);
  expect(photo!.image).toBeInstanceOf(Uint8Array);
});

it('takes no mask and no table that is not a file', async () => {
  const lines = table('device.jsonl', '{"image":"photos/2.png","mask":"/dev/zero"}');
  await expect(all(photosOfTable(lines, nodeRuntime()))).rejects.toThrow('the mask /dev/zero is not a file');
  symlinkSync('/dev/zero', path('endless.csv'));
  await expect(all(photosOfTable(path('endless.csv')))).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

it.each(['[1]', '{"image":"photos/2.png","label":"x","box":null}'])(
  'names the line %s that is wrong',
  async (line) => {
    await expect(all(photosOfTable(table('bad.jsonl', `\n${line}`)))).rejects.toThrow('bad.jsonl line 2');
  },
);

it('names the table that is missing', async () => {
  await expect(all(photosOfTable(path('none.csv')))).rejects.toMatchObject({ code: 'NOT_FOUND' });
});
