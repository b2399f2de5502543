import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { tarOf } from '@facexformer/test-utils/tar-of';
import { expect, it } from 'vitest';
import { readShard, readTar } from '../../src/archive/tar.js';

const bytes = tarOf({ 'one.txt': Buffer.from('hello'), empty: Buffer.alloc(0), two: Buffer.alloc(1024, 7) });
const text = (content: Uint8Array | undefined) => content && Buffer.from(content).toString();

it('gives regular files by name', () => {
  const files = readTar(bytes, 'x.tar');
  expect([...files.keys()]).toEqual(['one.txt', 'empty', 'two']);
  expect(text(files.get('one.txt'))).toBe('hello');
  expect(files.get('two')).toHaveLength(1024);
});

it('knows an archive without members, and one whose end marks are missing', () => {
  expect(readTar(Buffer.alloc(1024), 'x.tar').size).toBe(0);
  expect(readTar(bytes.subarray(0, bytes.length - 1024), 'x.tar').size).toBe(3);
});

it.each([
  ['cut off', bytes.subarray(0, 700)],
  ['cut off in a header', bytes.subarray(0, 1324)],
  ['text', Buffer.from('a'.repeat(600))],
  ['nothing', Buffer.alloc(0)],
  ['a flipped bit in a header', Buffer.from(bytes).fill(0x42, 5, 6)],
])('refuses %s', (_, broken) => {
  expect(() => readTar(broken, 'x.tar')).toThrow(/x\.tar: it is damaged at byte/);
});

it('refuses an archive that grows beyond all measure', async () => {
  const path = join(mkdtempSync(join(tmpdir(), 'fxf-tar-')), 'bomb.tar.gz');
  writeFileSync(path, gzipSync(tarOf({ zeros: Buffer.alloc(10_000_000) })));
  await expect(readShard(path)).rejects.toThrow(/bomb\.tar\.gz: it grows more than 64 times/);
  rmSync(dirname(path), { recursive: true });
});
