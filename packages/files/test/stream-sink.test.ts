import { execFileSync } from 'node:child_process';
import { createReadStream, lstatSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { writeFile } from '../src/write-file.js';
import { bash, commandOf, useProgram } from './child.js';
import { useFolder } from './folder.js';

describe.runIf(process.platform === 'linux')('what is not a regular file', () => {
  const at = useFolder();
  useProgram();
  const TEXT = 'text through the child\n';

  it('is written through: a device', async () => {
    await writeFile('/dev/null', 'x');
    await expect(writeFile('/dev/full', 'x')).rejects.toMatchObject({
      code: 'WRITE_FAILED',
      message: '/dev/full cannot be written: no space left on device (ENOSPC)',
    });
    expect(statSync('/dev/full').isCharacterDevice()).toBe(true);
  });

  it('is written through: a pipe with a name, however slow its reader', async () => {
    execFileSync('mkfifo', [at('pipe')]);
    symlinkSync('pipe', at('link'));
    const content = 'more than a pipe holds '.repeat(20_000);
    const [, got] = await Promise.all([writeFile(at('link'), content), text(createReadStream(at('pipe')))]);
    expect(got === content).toBe(true);
    expect([lstatSync(at('pipe')).isFIFO(), lstatSync(at('link')).isSymbolicLink()]).toEqual([true, true]);
  });

  it('says so when the reader of a pipe leaves', async () => {
    execFileSync('mkfifo', [at('pipe')]);
    const reader = createReadStream(at('pipe'), { highWaterMark: 1000 });
    reader.once('data', () => reader.destroy());
    const writing = writeFile(at('pipe'), 'x'.repeat(2 ** 20));
    await expect(writing).rejects.toMatchObject({
      code: 'WRITE_FAILED',
      message: expect.stringContaining('EPIPE'),
    });
  });

  it('can be given up while nobody reads, and while the reader takes nothing', async () => {
    execFileSync('mkfifo', [at('pipe')]);
    const unread = new AbortController();
    const waiting = writeFile(at('pipe'), 'x', { signal: unread.signal });
    unread.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'ABORTED' });
    const stuck = new AbortController();
    function* source(): Generator<string> {
      yield 'x';
      queueMicrotask(() => stuck.abort());
      yield 'x'.repeat(2 ** 20);
    }
    const reader = createReadStream(at('pipe'), { highWaterMark: 1 }).once('readable', () => undefined);
    await expect(writeFile(at('pipe'), source(), { signal: stuck.signal })).rejects.toMatchObject({
      code: 'ABORTED',
    });
    reader.destroy();
  });

  it.each(['/dev/stdout', '/dev/fd/1', '/proc/self/fd/1'])(
    'is written through: %s as a pipe',
    async (path) => {
      expect((await bash(commandOf('text', path))).out).toBe(TEXT);
    },
  );

  it('is written through: standard output that goes to a file, also to its end', async () => {
    await bash(
      `echo before > ${at('out')}; { ${commandOf('text', '/dev/stdout')}; echo after; } >> ${at('out')}`,
    );
    expect(readFileSync(at('out'), 'utf8')).toBe(`before\n${TEXT}after\n`);
    expect(at.names()).toEqual(['out']);
  });

  it('is written through: standard error', async () => {
    expect((await bash(commandOf('text', '/dev/stderr'))).err).toBe(`${TEXT}done\n`);
  });

  it('is written through: a process substitution', async () => {
    const { out } = await bash(`${commandOf('text').replace(/$/, '')} >(cat; echo end) | cat`);
    expect(out).toBe(`${TEXT}end\n`);
  });
});
