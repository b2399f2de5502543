import type { Size } from '@facexformer/core';
import { narrow } from '@facexformer/core/formats';
import type { TurnedBox } from '@facexformer/core/image';

/** Where the face of a photo is, and how large the photo. */
export interface Place {
  readonly crop: TurnedBox;
  readonly photo: Size;
}

/** Whole numbers in front of the views: faces found (0 or 1), the crop, the photo's size, the crop's roll in 1/100 degree. */
const HEADER = 8;

/** Bytes in front of the views. */
export const HEADER_BYTES = HEADER * 4;

/** An entry of the cache: a place and half precision views of `size` numbers each; without a place, no face. */
export function encodeEntry(place: Place | undefined, views: readonly Float32Array[]): Uint8Array {
  const [size = 0] = views.map(({ length }) => length);
  const bytes = new Uint8Array(HEADER_BYTES + views.length * size * 2);
  if (!place) return bytes;
  const { x, y, width, height, roll = 0 } = place.crop;
  new Int32Array(bytes.buffer, 0, HEADER).set([
    1,
    x,
    y,
    width,
    height,
    place.photo.width,
    place.photo.height,
    Math.round(roll * 100),
  ]);
  views.forEach((view, i) => {
    new Uint16Array(bytes.buffer, HEADER_BYTES + i * size * 2, size).set(narrow(view));
  });
  return bytes;
}

/** The place that an entry's header tells; undefined where no face was found. */
export function decodePlace(header: Uint8Array): Place | undefined {
  const [found, x, y, width, height, photoWidth, photoHeight, turn] = new Int32Array(
    header.slice().buffer,
  ) as unknown as [number, number, number, number, number, number, number, number];
  if (found !== 1) return undefined;
  const crop = { x, y, width, height, ...(turn !== 0 && { roll: turn / 100 }) };
  return { crop, photo: { width: photoWidth, height: photoHeight } };
}
