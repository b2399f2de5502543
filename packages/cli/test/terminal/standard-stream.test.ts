import { spawnSync } from 'node:child_process';
import { mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { devNull, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { bundleProgram } from '@facexformer/test-utils/bundle';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { standardStream } from '../../src/terminal/standard-stream.js';

const folder = mkdtempSync(join(tmpdir(), 'standard-'));
const program = join(folder, 'program.mjs');

beforeAll(async () => {
  await bundleProgram(join(import.meta.dirname, 'standard-stream.child.ts'), program);
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs the child with its output arranged by bash; it writes 1000 lines and says on a third stream what failed. */
const bash = (arrangement: string, before = '') => {
  const command = `${before} '${process.execPath}' '${program}' 3>'${folder}/said' ${arrangement}`;
  const { status } = spawnSync('bash', ['-c', command], { stdio: 'ignore' });
  return { status, said: readFileSync(join(folder, 'said'), 'utf8') };
};

it('writes all lines to a pipe and to a file', () => {
  for (const arrangement of ['| cat >', '>']) {
    expect(bash(`${arrangement} '${folder}/lines'`)).toEqual({
      status: 0,
      said: 'out: undefined, err: undefined',
    });
    expect(readFileSync(join(folder, 'lines'), 'utf8').split('\n')).toHaveLength(1001);
  }
});

it('takes it calmly when a reader leaves', () => {
  for (const arrangement of ['| head -1', '2>&1 | head -1', '2> >(head -1) | head -1']) {
    expect(bash(arrangement).said).toBe('out: undefined, err: undefined');
  }
});

it.runIf(process.platform === 'linux')('tells of a full device, on either stream', () => {
  expect(bash('>/dev/full').said).toMatch(/^out: ENOSPC.*, err: undefined$/);
  expect(bash('2>/dev/full').said).toMatch(/^out: undefined, err: ENOSPC/);
});

it.runIf(process.platform === 'linux')('tells of a full disk that took a part of a line', () => {
  expect(bash(`>'${folder}/cut'`, "trap '' XFSZ; ulimit -f 3;").said).toMatch(/^out: EFBIG/);
});

it('works with closed streams', () => {
  expect(bash('>&- 2>&-').status).toBe(0);
});

it('writes nothing more after a failure', async () => {
  const taken: string[] = [];
  const stream = new Writable({
    write(chunk, _, done) {
      taken.push(String(chunk));
      done(new Error('gone'));
    },
  });
  const { write, end } = standardStream(Object.assign(stream, { fd: openSync(devNull, 'w') }));
  write('a');
  await end();
  write('b');
  expect([taken, await end()]).toEqual([['a'], new Error('gone')]);
});
