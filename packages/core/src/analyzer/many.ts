import { FaceXFormerError } from '../base/errors.js';
import type { Face, RawOutputs } from '../face/face.js';
import { isOfOnePhoto } from '../face/photo-errors.js';
import type { Size, TurnedBox } from '../image/geometry.js';
import { isPixels, type Pixels } from '../image/pixels.js';
import type { RunOptions } from '../runtime/runtime.js';
import { mapAhead } from './map-ahead.js';

/** A photo and what is known of it. Further fields are welcome: the item comes back with its result. */
export interface PhotoItem<Image> {
  readonly image: Image | Pixels;
  /** Boxes of the faces, instead of detecting them. */
  readonly boxes?: readonly TurnedBox[];
  /** What the network is shown of each face, exactly, instead of the model's own margin around a box. */
  readonly crops?: readonly TurnedBox[];
}

/** Photos in their order: plain images, or with what is known of them. */
export type PhotoSource<Item> = AsyncIterable<Item> | Iterable<Item>;

/** Choices of `analyzer.analyzeMany`. */
export interface AnalyzeManyOptions<
  Only extends string = string,
  Item = never,
  Kept extends boolean = boolean,
> extends RunOptions {
  /** Decode these tasks only; the results' type narrows with it. */
  readonly only?: readonly Only[];
  /** `false` takes each whole photo as the crop of one face. */
  readonly detect?: false;
  /** Also finds faces that lie on their side or upside down, as `analyze` does. */
  readonly rotations?: boolean;
  /** Chooses the faces to analyse out of those found; a face of the caller's own is analysed by its `crop`. */
  readonly choose?: (faces: readonly Face[], pixels: Pixels, item: Item) => readonly Face[];
  /** Adds the heads' raw outputs to each result. */
  readonly raw?: boolean;
  /** Adds the photo's pixels to each result, to draw on; a large JPEG is then decoded whole. */
  readonly pixels?: Kept;
  /** Photos that are in memory at the same time, decoded ahead of the result; by default 8, or three for each worker. */
  readonly ahead?: number;
  /** Called with the number of photos that are done. */
  readonly onProgress?: (done: number) => void;
}

/** A photo that was analysed. */
export interface AnalyzedPhoto<Item, F extends Face = Face, Kept extends boolean = boolean> {
  /** Place of the photo in the source, from 0. */
  readonly index: number;
  readonly item: Item;
  /** Size of the upright photo. */
  readonly size: Size;
  /** With the option `pixels`. */
  readonly pixels: Kept extends true ? Pixels : undefined;
  readonly faces: readonly F[];
  /** The raw outputs of each face, with the option `raw`. */
  readonly raw?: readonly RawOutputs[];
  readonly error?: undefined;
}

/** A photo that could not be analysed. */
export interface FailedPhoto<Item> {
  /** Place of the photo in the source, from 0. */
  readonly index: number;
  readonly item: Item;
  readonly error: FaceXFormerError;
  readonly size?: undefined;
  readonly pixels?: undefined;
  readonly faces?: undefined;
  readonly raw?: undefined;
}

/** What comes of one of many photos: `error` tells whether it was analysed. */
export type PhotoResult<Item, F extends Face = Face, Kept extends boolean = boolean> =
  | AnalyzedPhoto<Item, F, Kept>
  | FailedPhoto<Item>;

/**
 * Analyses the photos of a source, some of them at the same time, and gives their results in order.
 * @throws {FaceXFormerError} `BAD_OPTION`, `ABORTED`, and what does not concern a single photo.
 */
export async function* analyzePhotos<Item, F extends Face>(
  items: PhotoSource<Item>,
  {
    ahead,
    signal,
    onProgress,
  }: Pick<AnalyzeManyOptions, 'signal' | 'onProgress'> & { readonly ahead: number },
  analyze: (item: Item, run: RunOptions) => Promise<Omit<AnalyzedPhoto<Item, F>, 'index' | 'item'>>,
): AsyncGenerator<PhotoResult<Item, F>, void, undefined> {
  if (!isSource(items)) throw bad('analyzeMany takes an iterable of photos, such as an array or a generator');
  const analyzeItem = async (item: Item, index: number, run: RunOptions): Promise<PhotoResult<Item, F>> => {
    try {
      return { index, item, ...(await analyze(item, run)) };
    } catch (error) {
      if (!isOfOnePhoto(error)) throw error;
      return { index, item, error };
    }
  };
  for await (const result of mapAhead(items, ahead, analyzeItem, signal)) {
    onProgress?.(result.index + 1);
    yield result;
  }
}

/** The photo of an item. */
export const photoOf = <Image>(item: Image | Pixels | PhotoItem<Image>): PhotoItem<Image> =>
  isPhotoItem(item) ? item : { image: item };

const isPhotoItem = <Image>(item: Image | Pixels | PhotoItem<Image>): item is PhotoItem<Image> =>
  typeof item === 'object' && item !== null && 'image' in item && !isPixels(item);

/** A text is iterable too, and it is not a list of photos. */
const isSource = (items: unknown): boolean =>
  typeof items === 'object' &&
  items !== null &&
  (Symbol.asyncIterator in items || Symbol.iterator in items) &&
  !ArrayBuffer.isView(items);

const bad = (message: string): FaceXFormerError => new FaceXFormerError('BAD_OPTION', message);
