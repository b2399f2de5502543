import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { closeSets, openSets, planFor } from '../../../src/whole/trainer/open-sets.js';
import { tinyPlan, writeTiles } from '../../tiny-run.js';

let cache: string;
beforeAll(() => {
  cache = mkdtempSync(join(tmpdir(), 'sets-'));
  writeTiles(cache);
});
afterAll(() => rmSync(cache, { recursive: true }));

it('puts the sets with masks first, whatever their order, and gives the plan their rows', async () => {
  const sets = [
    { set: 'ages', rows: 3 },
    { set: 'masks', rows: 2 },
  ];
  const opened = await openSets({ cache, sets }, 'train');
  expect(opened.map(({ tiles, rows }) => [tiles.dense, rows])).toEqual([
    [['parsing'], 2],
    [[], 3],
  ]);
  const { batch, learners } = planFor(tinyPlan, opened);
  expect(batch).toBe(5);
  expect(learners.find(({ task }) => task.name === 'parsing')!.rows).toBe(2);
  expect(learners.find(({ task }) => task.name === 'age')!.rows).toBe(5);
  closeSets(opened);
});
