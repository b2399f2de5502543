import type { Face, FaceJson } from '@facexformer/core';

/** The result of one photo. JSON keeps all of it; `readFace` of core gives the typed faces back. */
export interface PhotoRecord {
  /** The same for the same photo, id and tasks: of two records with one key, either will do. */
  readonly key: string;
  readonly photo: string;
  /** The request's own. */
  readonly id?: string | number;
  /** Photo pixels. */
  readonly width: number;
  readonly height: number;
  readonly model: { readonly name: string; readonly trained: boolean };
  readonly device: string;
  readonly faces: readonly (Face | FaceJson)[];
}
