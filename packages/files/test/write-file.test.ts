import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { FaceXFormerError } from '@facexformer/core';
import { expect, it, vi } from 'vitest';
import { writeFile, writeFiles } from '../src/write-file.js';
import { openDescriptors } from './descriptors.js';
import { useFolder } from './folder.js';

const at = useFolder();
const read = (name: string): string => readFileSync(at(name), 'utf8');

async function* twoChunks(): AsyncGenerator<string | Uint8Array> {
  yield 'one ';
  yield new TextEncoder().encode('two');
}

it('writes text, bytes, numbers and chunks, and nothing else', async () => {
  await writeFile(at('text'), 'größer');
  await writeFile(at('bytes'), Uint8Array.of(1, 2, 3).subarray(1));
  await writeFile(at('numbers'), Float64Array.of(0, 1.5).subarray(1));
  await writeFile(at('chunks'), twoChunks());
  await writeFile(at('list'), ['a', 'b']);
  await writeFile(at('nothing'), []);
  expect(read('text')).toBe('größer');
  expect([...readFileSync(at('bytes'))]).toEqual([2, 3]);
  expect(readFileSync(at('numbers')).readDoubleLE()).toBe(1.5);
  expect([read('chunks'), read('list'), read('nothing')]).toEqual(['one two', 'ab', '']);
  expect(at.names()).toEqual(['bytes', 'chunks', 'list', 'nothing', 'numbers', 'text']);
});

it('makes the folders above', async () => {
  await writeFile(at('a/b/c'), 'deep');
  expect(read('a/b/c')).toBe('deep');
});

it('keeps the mode of a file that it replaces', async () => {
  writeFileSync(at('private'), 'old');
  chmodSync(at('private'), 0o640);
  await writeFile(at('private'), 'new');
  expect(read('private')).toBe('new');
  expect(statSync(at('private')).mode & 0o7777).toBe(0o640);
});

it('follows links, also to what is yet to be made, and leaves them', async () => {
  mkdirSync(at('real'));
  symlinkSync('real', at('folder'));
  symlinkSync('../folder/target', at('real/link'));
  for (const text of ['made', 'replaced']) {
    await writeFile(at('folder/link'), text);
    expect(readlinkSync(at('real/link'))).toBe('../folder/target');
    expect(read('real/target')).toBe(text);
  }
  expect(readdirSync(at('real')).sort()).toEqual(['link', 'target']);
  expect(readdirSync(at()).sort()).toEqual(['folder', 'real']);
});

it('asks for a path', async () => {
  await expect(writeFile('', 'x')).rejects.toMatchObject({ code: 'BAD_OPTION' });
  expect(at.names()).toEqual([]);
});

it('ends a ring of links', async () => {
  symlinkSync('b', at('a'));
  symlinkSync('a', at('b'));
  await expect(writeFile(at('a'), 'x')).rejects.toMatchObject({ code: 'WRITE_FAILED' });
});

it.each(['folder', 'folder/', 'missing/', 'file/below'])('says why "%s" cannot be written', async (name) => {
  mkdirSync(at('folder'));
  writeFileSync(at('file'), 'old');
  const path = at(name);
  const error = await writeFile(path, 'x').catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: 'WRITE_FAILED', message: expect.stringContaining(path) });
  expect(at.names()).toEqual(['file', 'folder']);
});

it.runIf(process.platform === 'linux')('returns where the system refuses a folder with ENOENT', async () => {
  await expect(writeFile('/proc/a/b/c', 'x')).rejects.toMatchObject({ code: 'WRITE_FAILED' });
});

it('leaves the old file and nothing else when its source fails', async () => {
  writeFileSync(at('file'), 'old');
  async function* failing(): AsyncGenerator<string> {
    yield 'half';
    throw new RangeError('the source');
  }
  await expect(writeFile(at('file'), failing())).rejects.toThrow(RangeError);
  expect([read('file'), at.names()]).toEqual(['old', ['file']]);
});

it('stops at once when it is aborted, also while the source hangs', async () => {
  writeFileSync(at('file'), 'old');
  const abort = new AbortController();
  async function* hanging(): AsyncGenerator<string> {
    yield 'half';
    abort.abort(new Error('enough'));
    await new Promise(() => undefined);
  }
  const writing = writeFile(at('file'), hanging(), { signal: abort.signal });
  await expect(writing).rejects.toMatchObject({ code: 'ABORTED', cause: new Error('enough') });
  await expect(writeFile(at('file'), 'x', { signal: abort.signal })).rejects.toThrow(FaceXFormerError);
  expect([read('file'), at.names()]).toEqual(['old', ['file']]);
});

it('replaces files that belong together only when all of them are written', async () => {
  for (const name of ['a', 'b']) writeFileSync(at(name), 'old');
  const failing = (async function* () {
    yield 'new';
    throw new Error('the second breaks off');
  })();
  const both = [[at('a'), 'new'] as const, [at('b'), failing] as const];
  await expect(writeFiles(both)).rejects.toThrow('the second breaks off');
  expect([at.names(), read('a'), read('b')]).toEqual([['a', 'b'], 'old', 'old']);
  await writeFiles([
    [at('a'), 'new'],
    [at('b'), 'newer'],
  ]);
  expect([at.names(), read('a'), read('b')]).toEqual([['a', 'b'], 'new', 'newer']);
});

it('is on the disk before it takes its place, and so is the place', async () => {
  writeFileSync(at('file'), 'old');
  const probe = await open(at('file'));
  const handles: FileHandle = Object.getPrototypeOf(probe);
  await probe.close();
  const found: string[] = [];
  vi.spyOn(handles, 'sync').mockImplementation(async () => void found.push(read('file')));
  await writeFile(at('file'), 'new');
  expect(found).toEqual(['old', 'new']);
});

it('closes its source when it cannot write', async () => {
  let closed = false;
  function* source(): Generator<string> {
    try {
      while (true) yield 'x'.repeat(100);
    } finally {
      closed = true;
    }
  }
  await expect(writeFile('/dev/full', source())).rejects.toMatchObject({ code: 'WRITE_FAILED' });
  expect(closed).toBe(true);
});

it('does not replace an input', async () => {
  writeFileSync(at('photo'), 'old');
  symlinkSync('photo', at('other'));
  const writing = writeFile(at('other'), 'x', { inputs: [at('photo')] });
  await expect(writing).rejects.toMatchObject({ code: 'BAD_OPTION' });
  expect(read('photo')).toBe('old');
});

it('takes any name that the file system takes', async () => {
  const longest = 'ü'.repeat(127);
  await writeFile(at(longest), 'x');
  expect(at.names()).toEqual([longest]);
});

it('writes one file twice at once, and one of the two stands in the end', async () => {
  const texts = ['a'.repeat(300_000), 'b'.repeat(300_000)];
  await Promise.all(texts.map((text) => writeFile(at('file'), text)));
  expect(texts).toContain(read('file'));
  expect(at.names()).toEqual(['file']);
});

it.runIf(process.platform === 'linux')('leaks no descriptor in 1000 failures', async () => {
  mkdirSync(at('folder'));
  function* failing(): Generator<string> {
    yield 'half';
    throw new RangeError('the source');
  }
  const before = openDescriptors();
  for (let i = 0; i < 250; i += 1) {
    await expect(writeFile(at('file'), failing())).rejects.toThrow(RangeError);
    await expect(writeFile(at('folder'), 'x')).rejects.toThrow('is a folder');
    await expect(writeFile('/dev/full', 'x')).rejects.toThrow('ENOSPC');
    await expect(writeFile('/proc/a/b', 'x')).rejects.toThrow('ENOENT');
  }
  expect(openDescriptors()).toBe(before);
  expect(at.names()).toEqual(['folder']);
});
