import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { appendLines } from '../src/append-lines.js';
import { resumeFile } from '../src/resume-file.js';
import { writeFile } from '../src/write-file.js';
import { bash, commandOf, useProgram } from './child.js';
import { useFolder } from './folder.js';

const at = useFolder();
useProgram();

const mountable =
  process.platform === 'linux' &&
  process.getuid?.() === 0 &&
  spawnSync('unshare', ['-m', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt']).status === 0;
if (!mountable)
  console.warn('SKIPPED: tests on a full disk, which need a right to mount one (root on Linux)');

/** Calls `work` with a disk of 64 KiB that holds a file of 10,000 bytes, `disk/file`. */
async function onSmallDisk(work: () => Promise<void>): Promise<void> {
  mkdirSync(at('disk'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', at('disk')]);
  try {
    writeFileSync(at('disk/file'), 'o'.repeat(10_000));
    await work();
  } finally {
    execFileSync('umount', [at('disk')]);
  }
}

const full = { code: 'WRITE_FAILED', message: expect.stringMatching(/disk\/\w+ cannot be written.*ENOSPC/) };
const old = () => expect(readFileSync(at('disk/file'), 'utf8') === 'o'.repeat(10_000)).toBe(true);

it.runIf(mountable)('keeps the old file when the disk is full, at whichever chunk', async () => {
  await onSmallDisk(async () => {
    for (const size of [1, 100, 5000, 70_000]) {
      const chunks = Array.from({ length: Math.ceil(100_000 / size) }, () => 'n'.repeat(size));
      await expect(writeFile(at('disk/file'), chunks)).rejects.toMatchObject(full);
      await expect(writeFile(at('disk/new'), chunks)).rejects.toMatchObject(full);
      old();
      expect(at.names()).toEqual(['disk', 'disk/file']);
    }
    await writeFile(at('disk/file'), 'there is room again');
  });
});

it.runIf(mountable)('keeps whole lines when the disk is full', async () => {
  await onSmallDisk(async () => {
    await using lines = await appendLines(at('disk/lines'));
    let written = 0;
    const record = 'x'.repeat(5000);
    const filling = async () => {
      for (; ; written += 1) await lines.append(record);
    };
    await expect(filling()).rejects.toMatchObject(full);
    const text = readFileSync(at('disk/lines'), 'utf8');
    expect(text === `"${record}"\n`.repeat(written)).toBe(true);
    expect(written).toBeGreaterThan(5);
  });
});

it.runIf(mountable)('keeps what was fetched when the disk is full', async () => {
  await onSmallDisk(async () => {
    await using file = await resumeFile(at('disk/file'));
    await file.append(new Uint8Array(20_000));
    await expect(file.append(new Uint8Array(100_000))).rejects.toMatchObject(full);
    old();
  });
});

it.runIf(process.platform === 'linux')(
  'sees to the rest when the system takes less than it is given',
  async () => {
    writeFileSync(at('file'), 'old');
    // no file above 8 blocks of 1 KiB: the write that crosses the limit is a short one, the next one fails
    const { err } = await bash(`trap '' XFSZ; ulimit -f 8; yes | ${commandOf('write', at('file'), '3')}`);
    expect(err).toContain(`WRITE_FAILED ${at('file')} cannot be written: file too large (EFBIG)`);
    expect(readFileSync(at('file'), 'utf8')).toBe('old');
    expect(at.names()).toEqual(['file']);
  },
);
