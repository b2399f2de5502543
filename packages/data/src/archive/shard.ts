import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { refuse, unreadable } from '../reading/errors.js';
import { readTar } from './tar.js';

const unzip = promisify(gunzip);

/**
 * The members of a tar archive, gzipped where its name ends in `.gz`, by name.
 * @throws {FaceXFormerError} `NOT_FOUND`; `BAD_OPTION` for an archive that is damaged.
 */
export async function readShard(path: string): Promise<ReadonlyMap<string, Uint8Array>> {
  const bytes = await readFile(path).catch(unreadable(path));
  if (!path.endsWith('.gz')) return readTar(bytes, path);
  const plain = await unzip(bytes).catch((cause) => refuse(path, 'it is damaged, or not gzipped', cause));
  return readTar(plain, path);
}
