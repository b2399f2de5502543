import { type Checkpoint, FaceXFormerError, type Pixels, throwIfAborted } from '@facexformer/core';
import { sha256 } from '@facexformer/core/formats';
import type { Example, Skipped, Split } from '../example.js';
import type { TrainTaskOptions } from '../options.js';
import { type FrozenBase, openBase } from './base.js';
import type { FeatureCache } from './cache.js';
import { decodePlace, encodeEntry, HEADER_BYTES, type Place } from './entry.js';
import type { FeatureLayout } from './layout.js';

/** A photo whose features lie in the cache. */
export interface Sample extends Place {
  readonly name: string;
  readonly label: unknown;
  readonly split: Split | undefined;
  /** Its entry in the cache. */
  readonly entry: string;
}

/** Changes when entries mean something else, also when the detector of this repository gives other boxes. */
const VERSION = 3;

/**
 * Runs every photo through the frozen base once, unless the cache knows it. Photos that are missing, cannot be decoded or
 * show no face are skipped and named.
 * @throws {FaceXFormerError} `ABORTED`, `BAD_OPTION` when the cache is full; what `data` throws.
 */
export async function collectSamples<Image>(
  options: TrainTaskOptions<Image> & { readonly cache: FeatureCache; readonly flip: boolean },
  layout: FeatureLayout,
): Promise<{ readonly samples: readonly Sample[]; readonly skipped: readonly Skipped[] }> {
  const { runtime, base: checkpoint, cache, detector, flip, signal } = options;
  const samples: Sample[] = [];
  const skipped: Skipped[] = [];
  let opened: FrozenBase | undefined;
  try {
    let done = 0;
    for await (const example of options.data) {
      throwIfAborted(signal);
      const { name, label, split } = example;
      let pixels: Pixels | undefined;
      try {
        if (example.key === undefined) pixels = await runtime.decode(example.image, { signal });
        const content = example.key ?? hashOf(pixels!);
        const entry = entryName(checkpoint, layout, flip, detector !== undefined, content, example);
        const header = await cache.read(entry, 0, HEADER_BYTES);
        let place = header && decodePlace(header);
        if (!header) {
          pixels ??= await runtime.decode(example.image, { signal });
          opened ??= await openBase(runtime, checkpoint, layout, detector, { signal });
          place = await opened.locate(pixels, example.box, { signal });
          const views = place ? await opened.compute(pixels, place.crop, flip, { signal }) : [];
          await cache.write(entry, encodeEntry(place, views));
        }
        if (place) samples.push({ ...place, name, label, split, entry });
        else skipped.push({ name, reason: 'no face was found' });
      } catch (error) {
        if (!isOfPhoto(error)) throw error;
        skipped.push({ name, reason: error.message });
      }
      done += 1;
      options.onProgress?.({ phase: 'features', done, name });
    }
  } finally {
    await opened?.dispose();
  }
  return { samples, skipped };
}

const OF_PHOTO = new Set('BAD_IMAGE NOT_FOUND UNSUPPORTED'.split(' '));

const isOfPhoto = (error: unknown): error is FaceXFormerError =>
  FaceXFormerError.isInstance(error) && OF_PHOTO.has(error.code);

function hashOf({ data, width, height }: Pixels): string {
  const hash = sha256();
  hash.add(new Uint8Array(Int32Array.of(width, height).buffer));
  hash.add(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  return hash.digest();
}

function entryName(
  { info }: Checkpoint,
  { parts }: FeatureLayout,
  flip: boolean,
  detects: boolean,
  content: string,
  { box }: Example<unknown>,
): string {
  const names = parts.map(({ name }) => name);
  const hash = sha256();
  const text = JSON.stringify([
    VERSION,
    info.contentHash,
    info.model.crop,
    names,
    flip,
    box ?? detects,
    content,
  ]);
  hash.add(new TextEncoder().encode(text));
  return hash.digest();
}
