import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { expect, it } from 'vitest';
import { lockFile } from '../src/lock-file.js';
import { startProgram, useProgram } from './child.js';
import { openDescriptors } from './descriptors.js';
import { useFolder } from './folder.js';

const at = useFolder();
useProgram();

it('is held by one, who is named, until it is given back', async () => {
  const lock = await lockFile(at('a/file'));
  await expect(lockFile(at('a/file'))).rejects.toMatchObject({
    code: 'LOCKED',
    message: expect.stringContaining(`process ${process.pid} on ${hostname()}`),
    details: { pid: process.pid },
  });
  await lock.release();
  expect(at.names()).toEqual(['a']);
  await using _ = await lockFile(at('a/file'));
  await lock.release(); // a second time: not the lock of another
  await expect(lockFile(at('a/file'))).rejects.toMatchObject({ code: 'LOCKED' });
});

it('is given back on exit, and taken over from a process that was killed', async () => {
  const ending = startProgram(['lock', at('file')]);
  expect(await ending.next()).toBe('locked');
  await expect(lockFile(at('file'))).rejects.toThrow(`process ${ending.process.pid} on`);
  ending.go();
  expect([await ending.next(), await ending.next()]).toEqual(['done', undefined]);
  expect(at.names()).toEqual([]);

  const killed = startProgram(['lock', at('file')]);
  expect(await killed.next()).toBe('locked');
  await killed.kill();
  expect(at.names()).toHaveLength(2);
  await (await lockFile(at('file'))).release();
  expect(at.names()).toEqual([]);
});

it('goes to one of many who find a dead owner', async () => {
  const killed = startProgram(['lock', at('file')]);
  await killed.next();
  await killed.kill();
  const all = await Promise.allSettled(Array.from({ length: 20 }, () => lockFile(at('file'))));
  expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  const failures = all.flatMap((result) => (result.status === 'rejected' ? [result.reason.code] : []));
  expect(new Set(failures)).toEqual(new Set(['LOCKED']));
  expect(readdirSync(at())).toEqual(['file.lock']);
});

it.runIf(process.platform === 'linux')(
  'is taken over when the number of its process went to another',
  async () => {
    mkdirSync(at('file.lock'));
    const dead = `${process.pid}-1-0123456789ab-${encodeURIComponent(hostname())}`;
    writeFileSync(at(`file.lock/${dead}`), '');
    writeFileSync(at(`.facexformer-${dead}.tmp`), 'what it left');
    await using _ = await lockFile(at('file'));
    expect(readdirSync(at())).toEqual(['file.lock']);
  },
);

it('is left to another machine and to what is not understood', async () => {
  mkdirSync(at('file.lock'));
  writeFileSync(at('file.lock/1-1-0123456789ab-far.away'), '');
  await expect(lockFile(at('file'))).rejects.toThrow(
    `process 1 on far.away; wait for it, or delete ${at('file.lock')}`,
  );
  mkdirSync(at('other.lock'));
  writeFileSync(at('other.lock/1-1-0123456789ab-\u001b[2J'), '');
  await expect(lockFile(at('other'))).rejects.toThrow('in use by somebody unknown;');
});

it('says why no lock can be made', async () => {
  writeFileSync(at('file.lock'), 'a file');
  await expect(lockFile(at('file'))).rejects.toMatchObject({ code: 'WRITE_FAILED' });
  expect(at.names()).toEqual(['file.lock']);
});

it.runIf(process.platform === 'linux')('leaks neither descriptor nor listener in 1000 failures', async () => {
  await using _ = await lockFile(at('file'));
  const before = [openDescriptors(), process.listenerCount('exit')];
  for (let i = 0; i < 1000; i += 1) await expect(lockFile(at('file'))).rejects.toThrow('in use');
  expect([openDescriptors(), process.listenerCount('exit')]).toEqual(before);
  expect(readdirSync(at())).toEqual(['file.lock']);
});
