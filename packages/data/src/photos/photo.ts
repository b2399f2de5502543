import { createHash } from 'node:crypto';
import type { Box } from '@facexformer/core';
import { readWhole } from '../reading/read-whole.js';

/** Which photos are learnt from, which choose the epoch, and which are only measured on. */
export type Split = 'train' | 'val' | 'test';

/** Whether a text names a split. */
export const isSplit = (text: unknown): text is Split =>
  text === 'train' || text === 'val' || text === 'test';

/** A photo of one's own, and what is to be learnt from it. */
export interface LabelledPhoto {
  /** Its bytes; its path where it cannot be read, for the decoder to say why. */
  readonly image: Uint8Array | string;
  /** As a task's `learning.encode` takes it. */
  readonly label: unknown;
  /** Its path. */
  readonly name: string;
  /** SHA-256 of its bytes, if it can be read. */
  readonly key?: string;
  /** Where the face is, in photo pixels. */
  readonly box?: Box;
  readonly split?: Split;
}

/** A photo's bytes, and a key of their content. One that cannot be read costs the others nothing. */
export async function readPhoto(path: string): Promise<Pick<LabelledPhoto, 'image' | 'name' | 'key'>> {
  const image = await readWhole(path).catch(() => undefined);
  if (!image) return { image: path, name: path };
  return { image, name: path, key: createHash('sha256').update(image).digest('hex') };
}
