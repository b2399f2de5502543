import { readFile, stat } from 'node:fs/promises';
import { FaceXFormerError } from '@facexformer/core';
import { unreadable } from './errors.js';

/**
 * The bytes of a regular file, or of a link to one: a pipe would be waited for, and a device has no end.
 * @param what the file is, for messages
 * @throws {FaceXFormerError} `NOT_FOUND`.
 */
export async function readWhole(path: string, what = path): Promise<Buffer> {
  const found = await stat(path).catch(unreadable(what));
  if (!found.isFile()) throw new FaceXFormerError('NOT_FOUND', `${what} is not a file`);
  return readFile(path).catch(unreadable(what));
}
