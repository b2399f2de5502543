import { open, readdir, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { FaceXFormerError } from '@facexformer/core';
import { checkOptions, demand, TEXT, whole } from '@facexformer/core/arguments';
import { probeOutput, writeFile } from '@facexformer/files';
import type { FeatureCache } from '../features/cache.js';

/** Bytes that a cache may hold if nothing else is said: 4 GiB. */
const MOST = 4 * 2 ** 30;

const ENDING = '.features';

/**
 * Keeps features in a folder, a file per photo, so that a training that was stopped goes on where it was and the next
 * one starts at once. What has not been used for longest gives way; nothing that this object wrote or read does.
 * @param options.maxBytes most bytes of all files together; 4 GiB by default
 * @throws {FaceXFormerError} `WRITE_FAILED` when the folder cannot be written, `BAD_OPTION`.
 */
export async function diskCache(
  folder: string,
  options: { readonly maxBytes?: number } = {},
): Promise<FeatureCache> {
  demand(folder, { ...TEXT, words: 'the path of a folder' }, 'diskCache: folder');
  checkOptions('diskCache', options, { maxBytes: whole(1) });
  const { maxBytes = MOST } = options;
  await probeOutput(join(folder, ENDING));
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith(ENDING));
  const files = await Promise.all(names.map(async (name) => ({ name, ...(await stat(join(folder, name))) })));
  const sizes = new Map(files.map(({ name, size }) => [name, size]));
  const oldestFirst = files.sort((a, b) => a.mtimeMs - b.mtimeMs).map(({ name }) => name);
  let total = files.reduce((sum, { size }) => sum + size, 0);
  const used = new Set<string>();

  const forget = async (name: string): Promise<void> => {
    total -= sizes.get(name) ?? 0;
    sizes.delete(name);
    await rm(join(folder, name), { force: true });
  };
  const makeRoom = async (size: number): Promise<void> => {
    while (total + size > maxBytes) {
      const oldest = oldestFirst.shift();
      if (oldest === undefined) {
        throw new FaceXFormerError(
          'BAD_OPTION',
          `the features of these photos need more than the ${maxBytes} bytes of the cache: raise maxBytes, or take flip: false`,
        );
      }
      if (!used.has(oldest)) await forget(oldest);
    }
  };

  return {
    async read(key, offset, length) {
      const name = `${key}${ENDING}`;
      if (!sizes.has(name)) return undefined;
      const path = join(folder, name);
      if (!used.has(name)) await utimes(path, new Date(), new Date()).catch(() => undefined);
      used.add(name);
      return readPart(path, offset, length);
    },
    async write(key, bytes) {
      const name = `${key}${ENDING}`;
      await makeRoom(bytes.byteLength);
      const path = join(folder, name);
      await writeFile(path, bytes);
      total += bytes.byteLength - (sizes.get(name) ?? 0);
      sizes.set(name, bytes.byteLength);
      used.add(name);
    },
  };
}

/** Undefined for a file that is gone or too short. */
async function readPart(path: string, offset: number, length: number): Promise<Uint8Array | undefined> {
  await using file = await open(path, 'r').catch(() => undefined);
  if (!file) return undefined;
  const bytes = new Uint8Array(length);
  const { bytesRead } = await file.read(bytes, 0, length, offset);
  return bytesRead === length ? bytes : undefined;
}
