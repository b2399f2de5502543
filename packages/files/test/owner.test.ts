import { hostname } from 'node:os';
import { expect, it } from 'vitest';
import { mayRun, ownerOf, ownName } from '../src/owner.js';

it('tells the owner from the name, never the same name twice', async () => {
  const names = await Promise.all([ownName(), ownName()]);
  expect(new Set(names).size).toBe(2);
  const owner = ownerOf(names[0]);
  expect(owner).toMatchObject({ pid: process.pid, host: encodeURIComponent(hostname()) });
  expect(owner && (await mayRun(owner))).toBe(true);
});

it.each(['', 'notes', '0-1-0123456789ab-host', '1-1-short-host', '1-1-0123456789ab-'])(
  'tells none from "%s"',
  (name) => {
    expect(ownerOf(name)).toBeUndefined();
  },
);
