import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { photosOfFolder } from '../../src/photos/folder.js';
import type { LabelledPhoto } from '../../src/photos/photo.js';
import { all } from '../all.js';

let folder: string;
const path = (...names: readonly string[]): string => join(folder, ...names);
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'photos-'));
  const files = ['plain/b/1.png', 'plain/a/2.png', 'plain/a/3.PNG', 'plain/a/notes.txt'];
  for (const name of [...files, 'split/train/a/4.png', 'split/val/a/5.png']) {
    mkdirSync(dirname(path(name)), { recursive: true });
    writeFileSync(path(name), name);
  }
});
afterAll(() => rmSync(folder, { recursive: true }));

const brief = (photos: readonly LabelledPhoto[]) => photos.map(({ label, split }) => [label, split]);

it('reads a folder per label', async () => {
  const photos = await all(photosOfFolder(path('plain')));
  expect(brief(photos)).toEqual([
    ['a', undefined],
    ['a', undefined],
    ['b', undefined],
  ]);
  expect(new Set(photos.map(({ key }) => key)).size).toBe(3);
});

it('knows folders of labels in folders of splits', async () => {
  expect(brief(await all(photosOfFolder(path('split'))))).toEqual([
    ['a', 'train'],
    ['a', 'val'],
  ]);
});

it.runIf(process.platform === 'linux')('leaves links to nowhere and pipes to the decoder', async () => {
  mkdirSync(path('odd/a'), { recursive: true });
  symlinkSync('nowhere', path('odd/a/1.png'));
  execFileSync('mkfifo', [path('odd/a/2.png')]);
  writeFileSync(path('odd/a/3.png'), '');
  const photos = await all(photosOfFolder(path('odd')));
  expect(photos.map(({ image }) => image)).toEqual([path('odd/a/1.png'), path('odd/a/2.png'), Buffer.of()]);
});

it('refuses folders that are missing or hold no labels', async () => {
  await expect(all(photosOfFolder(path('none')))).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(all(photosOfFolder(path('plain', 'a')))).rejects.toThrow('one for each label');
});
