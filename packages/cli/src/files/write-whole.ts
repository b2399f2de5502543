import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { FaceXFormerError } from '@facexformer/core';

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
