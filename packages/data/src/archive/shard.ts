import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { FaceXFormerError } from '@facexformer/core';
import { readTar } from './tar.js';

const unzip = promisify(gunzip);

/**
 * The members of a tar archive, gzipped where its name ends in `.gz`, by name.
 * @throws {FaceXFormerError} `NOT_FOUND`; `BAD_OPTION` for an archive that is damaged.
 */
export async function readShard(path: string): Promise<ReadonlyMap<string, Uint8Array>> {
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw new FaceXFormerError('NOT_FOUND', `${path} cannot be read`, { cause });
  });
  if (!path.endsWith('.gz')) return readTar(bytes, path);
  const plain = await unzip(bytes).catch((cause: unknown) => {
    throw new FaceXFormerError('BAD_OPTION', `${path} is damaged, or not gzipped`, { cause });
  });
  return readTar(plain, path);
}
