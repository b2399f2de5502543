import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readTar } from '../src/data/tar.js';

const archive = (): Uint8Array => {
  const folder = mkdtempSync(join(tmpdir(), 'tar-'));
  writeFileSync(join(folder, 'a.txt'), 'first');
  writeFileSync(join(folder, 'b.bin'), new Uint8Array(1500).fill(7));
  execFileSync('tar', ['--format=ustar', '-cf', 'x.tar', 'a.txt', 'b.bin'], { cwd: folder });
  const bytes = readFileSync(join(folder, 'x.tar'));
  rmSync(folder, { recursive: true });
  return bytes;
};

it('reads what tar wrote', () => {
  const files = readTar(archive());
  expect([...files.keys()]).toEqual(['a.txt', 'b.bin']);
  expect(new TextDecoder().decode(files.get('a.txt'))).toBe('first');
  expect([...files.get('b.bin')!]).toEqual(new Array(1500).fill(7));
});

it('refuses an archive that is cut off and one that is none', () => {
  expect(() => readTar(archive().subarray(0, 1700))).toThrow('damaged at byte 1024');
  expect(() => readTar(new Uint8Array(2048).fill(65))).toThrow('damaged at byte 0');
});
