import { FaceXFormerError } from '@facexformer/core';
import { widen } from '@facexformer/core/formats';
import type { FeatureCache } from './cache.js';
import type { Sample } from './collect.js';
import { HEADER_BYTES } from './entry.js';

/** The numbers of a photo, or of its mirror image, as the layout orders them. */
export type Views = (sample: Sample, mirrored: boolean) => Promise<Float32Array>;

/** Bytes of decoded views that stay in memory; further ones are read from the cache each time. */
const BUDGET = 512 * 2 ** 20;

/**
 * Reads views of `size` numbers from the cache.
 * @throws {FaceXFormerError} `NOT_FOUND` when the cache has lost one.
 */
export function openViews(cache: FeatureCache, size: number): Views {
  const kept = new Map<string, Float32Array>();
  return async ({ entry, name }, mirrored) => {
    const id = `${entry}${mirrored}`;
    const known = kept.get(id);
    if (known) return known;
    const bytes = await cache.read(entry, HEADER_BYTES + (mirrored ? size * 2 : 0), size * 2);
    if (bytes?.byteLength !== size * 2) {
      throw new FaceXFormerError('NOT_FOUND', `the cache has lost ${name}: run again`);
    }
    const view = widen('F16', bytes);
    if ((kept.size + 1) * size * 4 <= BUDGET) kept.set(id, view);
    return view;
  };
}
