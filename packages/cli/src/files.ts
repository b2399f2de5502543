import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { FaceXFormerError } from '@facexformer/core';

/** Paths of photos; `several` when a folder or more than one was asked for. */
export interface Photos {
  readonly list: readonly string[];
  readonly several: boolean;
}

const PHOTO = new Set(['.jpg', '.jpeg', '.png', '.webp', '.avif', '.gif', '.tif', '.tiff']);

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
      const names = (await readdir(path)).filter((name) => PHOTO.has(extname(name).toLowerCase())).sort();
      if (names.length === 0) throw new FaceXFormerError('NOT_FOUND', `${path} holds no pictures`);
      return { list: names.map((name) => join(path, name)), folder: true };
    }),
  );
  const list = lists.flatMap((part) => part.list);
  return { list, several: list.length > 1 || lists.some(({ folder }) => folder) };
}

/** Makes a folder and those above it. Node's own recursive mkdir never returns where the system refuses, as in /proc. */
async function makeFolder(path: string): Promise<void> {
  const create = (): Promise<string | undefined> => mkdir(path).then(() => undefined, codeOf);
  const code = await create();
  if (code === 'ENOENT' && dirname(path) !== path) {
    await makeFolder(dirname(path));
    await create();
  }
}

const codeOf = (error: NodeJS.ErrnoException): string | undefined => error.code;

/**
 * Writes a file in full or not at all: beside its place first, then renamed. Makes its folder.
 * @throws {FaceXFormerError} `WRITE_FAILED` naming the file; what `content` throws.
 */
export async function writeWhole(
  path: string,
  content: string | Uint8Array | AsyncIterable<Uint8Array>,
  signal?: AbortSignal,
): Promise<void> {
  await makeFolder(dirname(path));
  const partial = `${path}.${process.pid}.partial`;
  const pieces = typeof content === 'string' || content instanceof Uint8Array ? [content] : content;
  try {
    await pipeline(Readable.from(pieces), createWriteStream(partial), { ...(signal && { signal }) });
    await rename(partial, path);
  } catch (error) {
    await rm(partial, { force: true }).catch(() => undefined);
    const { code, syscall } = error as NodeJS.ErrnoException;
    if (code === undefined || syscall === undefined) throw error;
    throw new FaceXFormerError('WRITE_FAILED', `${path} cannot be written: ${(error as Error).message}`, {
      cause: error,
    });
  }
}
