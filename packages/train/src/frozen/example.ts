import type { Box } from '@facexformer/core';

/** Which photos are learnt from, which choose the epoch, and which are only measured on. */
export type Split = 'train' | 'val' | 'test';

/** A photo and what is to be learnt from it. */
export interface Example<Image> {
  readonly image: Image;
  /** As the task's `learning.encode` takes it. */
  readonly label: unknown;
  /** What messages call it, such as its path. */
  readonly name: string;
  /** Changes with the photo's content; spares decoding what is cached. Pixels are hashed where it is missing. */
  readonly key?: string;
  /** Where the face is; otherwise the detector's best, or the whole photo. */
  readonly box?: Box;
  /** Otherwise drawn by chance, each class in equal shares. */
  readonly split?: Split;
}

/** A photo that could not be used. */
export interface Skipped {
  readonly name: string;
  readonly reason: string;
}
