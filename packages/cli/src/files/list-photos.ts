import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { FaceXFormerError } from '@facexformer/core';
import { isPhoto } from '@facexformer/data';

/** Paths of photos; `several` when a folder or more than one was asked for. */
export interface Photos {
  readonly list: readonly string[];
  readonly several: boolean;
}

/**
 * Photos by path: files as they are, of a folder every picture in it by name.
 * @throws {FaceXFormerError} `NOT_FOUND` for a path that does not exist and for a folder without pictures.
 */
export async function listPhotos(paths: readonly string[]): Promise<Photos> {
  const lists = await Promise.all(
    paths.map(async (path) => {
      const found = await stat(path).catch((cause: unknown) => {
        throw new FaceXFormerError('NOT_FOUND', `${path} does not exist`, { cause });
      });
      if (!found.isDirectory()) return { list: [path], folder: false };
      const names = (await readdir(path)).filter(isPhoto).sort();
      if (names.length === 0) throw new FaceXFormerError('NOT_FOUND', `${path} holds no pictures`);
      return { list: names.map((name) => join(path, name)), folder: true };
    }),
  );
  const list = lists.flatMap((part) => part.list);
  return { list, several: list.length > 1 || lists.some(({ folder }) => folder) };
}
