import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { FaceXFormerError } from '@facexformer/core';
import type { Example } from '../example.js';

/**
 * A photo's bytes, and a key of their content.
 * @throws {FaceXFormerError} `NOT_FOUND`.
 */
export async function readPhoto(
  path: string,
): Promise<Pick<Example<Uint8Array>, 'image' | 'name'> & { readonly key: string }> {
  const image = await readFile(path).catch((cause: unknown) => {
    throw new FaceXFormerError('NOT_FOUND', `the photo ${path} cannot be read`, { cause });
  });
  return { image, name: path, key: createHash('sha256').update(image).digest('hex') };
}
