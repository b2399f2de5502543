import type { ImageFormat } from './image-format.js';

/** Decoders go through all pages of a file before they give the first: more of them than this are refused. */
export const MOST_PAGES = 10_000;

/** Whether a TIFF or a GIF has more than {@link MOST_PAGES}. Damage is left for the decoder to find. */
export function hasTooManyPages(bytes: Uint8Array, format: ImageFormat): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    if (format === 'TIFF') return isTooLong(tiffPages(view));
    return format === 'GIF' && isTooLong(gifFrames(view));
  } catch (error) {
    if (error instanceof RangeError) return false; // it reads behind the end
    throw error;
  }
}

function isTooLong(pages: Iterable<unknown>): boolean {
  let count = 0;
  for (const _ of pages) {
    count += 1;
    if (count > MOST_PAGES) return true;
  }
  return false;
}

/** The directories of a TIFF, each of which says where the next one lies. */
function* tiffPages(view: DataView): Generator<number> {
  const little = view.getUint8(0) === 0x49;
  const isBig = view.getUint16(2, little) === 43;
  const offset = (at: number): number =>
    isBig ? Number(view.getBigUint64(at, little)) : view.getUint32(at, little);
  for (let at = offset(isBig ? 8 : 4); at !== 0; ) {
    yield at;
    const entries = isBig ? Number(view.getBigUint64(at, little)) : view.getUint16(at, little);
    at = offset(at + (isBig ? 8 + 20 * entries : 2 + 12 * entries));
  }
}

/** The image descriptors of a GIF. */
function* gifFrames(view: DataView): Generator<number> {
  const colours = (at: number): number => {
    const flags = view.getUint8(at);
    return flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0;
  };
  for (let at = 13 + colours(10); ; ) {
    const kind = view.getUint8(at);
    if (kind === 0x2c) {
      yield at;
      at += 11 + colours(at + 9); // with the size of a code
    } else if (kind === 0x21) at += 2;
    else return;
    for (let length = view.getUint8(at); length > 0; length = view.getUint8(at)) at += 1 + length;
    at += 1;
  }
}
