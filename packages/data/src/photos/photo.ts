import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { FaceXFormerError } from '@facexformer/core';
import type { LabelledPhoto } from './labelled-photo.js';

/**
 * A photo's bytes, and a key of their content.
 * @throws {FaceXFormerError} `NOT_FOUND`.
 */
export async function readPhoto(path: string): Promise<Pick<LabelledPhoto, 'image' | 'name' | 'key'>> {
  const image = await readFile(path).catch((cause: unknown) => {
    throw new FaceXFormerError('NOT_FOUND', `the photo ${path} cannot be read`, { cause });
  });
  return { image, name: path, key: createHash('sha256').update(image).digest('hex') };
}
