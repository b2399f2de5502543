import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createAnalyzer, defineTask, openCheckpoint, openPluginCheckpoint } from '@facexformer/core';
import { fixtureJson, portableBytes } from '@facexformer/test-utils/load';
import type { OfficialTensor } from '@facexformer/test-utils/portable-weights';
import { afterAll, describe, expect, it } from 'vitest';
import { fileSource } from '../src/file-source.ts';
import { nodeRuntime } from '../src/runtime.ts';

const folder = mkdtempSync(join(tmpdir(), 'fxf-files-'));
const path = join(folder, 'bytes.bin');
writeFileSync(
  path,
  Uint8Array.from({ length: 1000 }, (_, i) => i % 251),
);
afterAll(() => rmSync(folder, { recursive: true }));

const code = (expected: string) => expect.objectContaining({ code: expected });

describe('fileSource', () => {
  it('reads anywhere, in any order and at once', async () => {
    const source = await fileSource(path);
    const [end, start] = await Promise.all([source.read(990, 10), source.read(0, 3)]);
    expect([...start]).toEqual([0, 1, 2]);
    expect([...end]).toEqual([990, 991, 992, 993, 994, 995, 996, 997, 998, 999].map((i) => i % 251));
    expect(source.size).toBe(1000);
    expect(await source.read(1000, 0)).toHaveLength(0);
    await source.close();
  });

  it('states an absolute path, from a relative one or a URL, a string too', async () => {
    for (const from of [relative(process.cwd(), path), pathToFileURL(path), pathToFileURL(path).href]) {
      const source = await fileSource(from);
      expect(source.path).toBe(path);
      await source.close();
    }
  });

  it.each([
    [995, 6],
    [-1, 2],
    [0, 1e15],
    [Number.NaN, 1],
    [0, -1],
  ])('refuses to read %d + %d', async (offset, length) => {
    const source = await fileSource(path);
    await expect(source.read(offset, length)).rejects.toEqual(code('BAD_CHECKPOINT'));
    await source.close();
  });

  it('notices that the file shrank', async () => {
    const shrinking = join(folder, 'shrinking.bin');
    writeFileSync(shrinking, new Uint8Array(100));
    const source = await fileSource(shrinking);
    truncateSync(shrinking, 10);
    await expect(source.read(0, 100)).rejects.toEqual(code('BAD_CHECKPOINT'));
    await source.close();
  });

  it.runIf(process.platform === 'linux')('refuses a pipe without waiting for it', async () => {
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    await expect(fileSource(join(folder, 'pipe'))).rejects.toThrow('pipe is not a file');
  });

  it('does not call a file missing that cannot be opened', async () => {
    symlinkSync('ring', join(folder, 'ring'));
    await expect(fileSource(join(folder, 'ring'))).rejects.toThrow('ring cannot be opened');
  });

  it('refuses missing files, folders and use after close', async () => {
    await expect(fileSource(join(folder, 'none'))).rejects.toEqual(code('NOT_FOUND'));
    await expect(fileSource(folder)).rejects.toEqual(code('NOT_FOUND'));
    await expect(fileSource(new URL('https://example.com/a'))).rejects.toEqual(code('UNSUPPORTED'));
    const source = await fileSource(path);
    await source.close();
    await source.close();
    await expect(source.read(0, 1)).rejects.toEqual(code('DISPOSED'));
  });
});

const DESCRIPTORS = '/proc/self/fd';

describe.skipIf(!existsSync(DESCRIPTORS))('descriptors', () => {
  const opened = () => readdirSync(DESCRIPTORS).length;

  it('are closed by a thousand calls that fail', async () => {
    const model = join(folder, 'model.safetensors');
    const { state_dict } = fixtureJson<{ readonly state_dict: readonly OfficialTensor[] }>('tiny.json');
    writeFileSync(model, await portableBytes(state_dict));
    const unknown = defineTask({
      name: 'unknown',
      tokens: 1,
      vocabulary: { id: 'unknown', labels: [] },
      head: ({ tokens }) => tokens,
      decode: (raw) => raw,
    });
    const before = opened();
    for (let i = 0; i < 450; i += 1) {
      await expect(openCheckpoint(await fileSource(path))).rejects.toEqual(code('BAD_CHECKPOINT'));
      await expect(openPluginCheckpoint(await fileSource(path))).rejects.toEqual(code('BAD_CHECKPOINT'));
    }
    for (let i = 0; i < 100; i += 1) {
      const checkpoint = await openCheckpoint(await fileSource(model));
      const analyzer = createAnalyzer({ runtime: nodeRuntime(), checkpoint, tasks: [unknown] });
      await expect(analyzer).rejects.toEqual(code('UNKNOWN_TASK'));
    }
    expect(opened()).toBe(before);
  });

  it('are closed when nothing refers to their source any more', async () => {
    setFlagsFromString('--expose-gc');
    const collect: () => void = runInNewContext('gc');
    const before = opened();
    await (async () => {
      for (let i = 0; i < 20; i += 1) await (await fileSource(path)).read(0, 1);
    })();
    expect(opened()).toBeGreaterThan(before + 15);
    for (let i = 0; i < 50 && opened() > before; i += 1) {
      collect();
      await setImmediate();
    }
    expect(opened()).toBeLessThanOrEqual(before);
  });
});
