import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { unreadable } from '../reading/errors.js';
import type { LabelledPhoto } from './labelled-photo.js';

/**
 * A photo's bytes, and a key of their content.
 * @throws {FaceXFormerError} `NOT_FOUND`.
 */
export async function readPhoto(path: string): Promise<Pick<LabelledPhoto, 'image' | 'name' | 'key'>> {
  const image = await readFile(path).catch(unreadable(`the photo ${path}`));
  return { image, name: path, key: createHash('sha256').update(image).digest('hex') };
}
