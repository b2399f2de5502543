import { mkdtempSync, readFileSync, rmSync, statSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MaskLabel } from '@facexformer/core';
import { lockFile } from '@facexformer/files';
import { nodeRuntime } from '@facexformer/runtime-node';
import { allTasks } from '@facexformer/tasks';
import { writeTinyFaces } from '@facexformer/test-utils/tiny-faces';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { prepareSet } from '../../../src/whole/tiles/prepare.js';
import { openTiles } from '../../../src/whole/tiles/tiles.js';

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tiles-'));
  await writeTinyFaces(folder, 'train');
});
afterAll(() => rmSync(folder, { recursive: true }));

const prepare = async (
  set: string,
  tasks = allTasks() as readonly ReturnType<typeof allTasks>[number][],
  split = 'train',
) => {
  const cache = join(folder, 'cache');
  const runtime = nodeRuntime({ device: 'cpu', threads: 1 });
  await prepareSet({ faces: folder, cache, set, split, tasks, runtime });
  return openTiles(cache, set, split);
};

it('keeps what is known of each face by task, as it is in the tile', async () => {
  const tiles = await prepare('celebamask');
  expect(tiles.dense).toEqual(['parsing']);
  const face = tiles.read(0);
  expect(Object.keys(face.labels).sort()).toEqual(['headPose', 'landmarks', 'parsing']);
  expect(face.labels.headPose).toEqual({ yaw: 5, pitch: -3, roll: 0 });
  const points = face.labels.landmarks as readonly number[];
  const [xs, ys] = [0, 1].map((axis) => points.filter((_, i) => i % 2 === axis)) as [number[], number[]];
  const middle = (list: readonly number[]): number => (Math.min(...list) + Math.max(...list)) / 2;
  const extent = Math.max(Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys));
  expect(middle(xs)).toBeCloseTo((face.side - 1) / 2);
  expect(middle(ys)).toBeCloseTo((face.side - 1) / 2 + 0.24 * extent);
  expect(extent).toBeCloseTo(face.side / (1.73 * 1.25));
  const { width, data } = face.labels.parsing as MaskLabel;
  expect(width).toBe(face.side);
  expect(data[0]).toBe(255); // beyond the photo
  expect(new Set(data)).toContain(10);
  tiles.close();
});

it('cuts tiles of as many pixels as the faces have', async () => {
  const tiles = await prepare('ferplus');
  expect([tiles.count, tiles.dense, tiles.read(0).side]).toEqual([2, [], 80]);
  expect(tiles.labels.map(({ labels }) => labels)).toEqual([
    { expression: 'happy' },
    { expression: 'anger' },
  ]);
  const { pixels } = tiles.read(1);
  expect([...pixels.subarray(0, 3)]).toEqual([0x66, 0x99, 0xcc]);
  tiles.close();
});

it('leaves a finished cache alone, until a task is new', async () => {
  const [age] = allTasks().filter(({ name }) => name === 'age');
  const path = join(folder, 'cache', 'utkface-train.bin');
  (await prepare('utkface', [age!])).close();
  const first = statSync(path).ino;
  (await prepare('utkface', [age!])).close();
  expect(statSync(path).ino).toBe(first);
  (await prepare('utkface')).close();
  expect(statSync(path).ino).not.toBe(first);
  const index = JSON.parse(readFileSync(join(folder, 'cache', 'utkface-train.json'), 'utf8'));
  expect(index.faces[1].labels).toEqual({ age: 70, gender: 'female', race: 'White' });
});

it('has no tiles of a val split that the set lacks', async () => {
  const tiles = await prepare('ferplus', allTasks(), 'val');
  expect(tiles.count).toBe(0);
  tiles.close();
});

it('names a set or a cache that is not there', async () => {
  await expect(prepare('lapa')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(openTiles(folder, 'none', 'train')).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

it('does not take a cache that was cut off, and makes it anew', async () => {
  const path = join(folder, 'cache', 'utkface-train.bin');
  (await prepare('utkface')).close();
  const { size } = statSync(path);
  truncateSync(path, size - 1);
  await expect(openTiles(join(folder, 'cache'), 'utkface', 'train')).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
  (await prepare('utkface')).close();
  expect(statSync(path).size).toBe(size);
});

it('is the only one to make a cache', async () => {
  rmSync(join(folder, 'cache', 'ferplus-train.json'));
  await using _ = await lockFile(join(folder, 'cache', 'ferplus-train'));
  await expect(prepare('ferplus')).rejects.toMatchObject({ code: 'LOCKED' });
});
