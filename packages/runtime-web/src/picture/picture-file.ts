/** A file that any browser decodes to the same pixels. */
interface PictureFile {
  readonly blob: Blob;
  /** How the pixels lie, as EXIF counts: 1 is upright, 2 to 8 are still to be turned. */
  readonly orientation: number;
}

/** Decodes the file of a picture alike in all browsers; throws what `bad` makes of what is wrong with it. */
export async function decodeUpright(
  name: string,
  blob: Blob,
  bad: (message: string, cause?: unknown) => Error,
): Promise<ImageBitmap> {
  const file = await readPictureFile(blob);
  if (!file) throw bad(`${name} is broken: it was cut off`);
  const bitmap = await createImageBitmap(file.blob).catch((cause: unknown) => {
    throw bad(`${name} is broken, or not a picture that this browser can decode`, cause);
  });
  return turnUpright(bitmap, file.orientation);
}

/**
 * Chromium ignores the orientation of WebP, so it is taken out of the file and handed over; Firefox paints what there
 * is of a PNG or JPEG that was cut off, so its end is looked for, and judges a blob by the first of its pieces, so it gets
 * one.
 * @returns undefined for a file that was cut off
 */
async function readPictureFile(blob: Blob): Promise<PictureFile | undefined> {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  const view = new DataView(bytes.buffer);
  const starts = (text: string, at = 0): boolean => textAt(view, at, text.length) === text;
  if (starts('RIFF') && starts('WEBP', 8)) return readWebp(blob, bytes, view);
  const ends = starts('PNG', 1) ? endsPng(view) : !starts('\xff\xd8\xff') || endsJpeg(bytes, view);
  return ends ? { blob: inOnePiece(bytes, blob), orientation: 1 } : undefined;
}

const inOnePiece = (bytes: Uint8Array<ArrayBuffer>, { type }: Blob): Blob => new Blob([bytes], { type });

const textAt = (view: DataView, at: number, length: number): string =>
  at + length > view.byteLength
    ? ''
    : String.fromCharCode(...new Uint8Array(view.buffer, view.byteOffset + at, length));

/** Its chunks are a length, a name, data and four bytes of checksum; IEND is the last. */
function endsPng(view: DataView): boolean {
  for (let at = 8; at + 12 <= view.byteLength; at += 12 + view.getUint32(at)) {
    if (textAt(view, at + 4, 4) === 'IEND') return true;
  }
  return false;
}

/** Segments until the pixels, then the marker FF D9, which pixels never hold; a small picture inside EXIF has its own. */
function endsJpeg(bytes: Uint8Array, view: DataView): boolean {
  let at = 2;
  while (at + 4 <= bytes.length && bytes[at] === 0xff && bytes[at + 1] !== 0xda)
    at += 2 + view.getUint16(at + 2);
  for (let end = bytes.lastIndexOf(0xd9); end > at; end = bytes.lastIndexOf(0xd9, end - 1)) {
    if (bytes[end - 1] === 0xff) return true;
  }
  return false;
}

const EXIF_FLAG = 0x08;

/** Chunks of a name, a length and data, padded to two bytes. */
function readWebp(blob: Blob, bytes: Uint8Array<ArrayBuffer>, view: DataView): PictureFile | undefined {
  const end = 8 + view.getUint32(4, true);
  if (end > bytes.length) return undefined;
  for (let at = 12; at + 8 <= end; ) {
    const length = view.getUint32(at + 4, true);
    if (textAt(view, at, 4) === 'EXIF') {
      const orientation = orientationOf(new DataView(bytes.buffer, at + 8, Math.min(length, end - at - 8)));
      bytes.set([0x53, 0x4b, 0x49, 0x50], at); // "SKIP", which decoders do
      bytes[20]! &= ~EXIF_FLAG; // a file with EXIF begins with VP8X, whose flags are here
      return { blob: inOnePiece(bytes, blob), orientation };
    }
    at += 8 + length + (length % 2);
  }
  return { blob: inOnePiece(bytes, blob), orientation: 1 };
}

/** The tag 0x0112 of a TIFF's first directory; 1 where there is none that can be read. */
function orientationOf(exif: DataView): number {
  const begin = textAt(exif, 0, 4) === 'Exif' ? 6 : 0;
  const little = textAt(exif, begin, 2) === 'II';
  const short = (at: number): number => (at + 2 <= exif.byteLength ? exif.getUint16(at, little) : 0);
  if (begin + 8 > exif.byteLength || short(begin + 2) !== 42) return 1;
  const directory = begin + exif.getUint32(begin + 4, little);
  for (let entry = 0; entry < short(directory); entry += 1) {
    const at = directory + 2 + 12 * entry;
    const value = short(at + 8);
    if (short(at) === 0x0112) return value >= 1 && value <= 8 ? value : 1;
  }
  return 1;
}

/** The picture upright, of which `orientation` says how it lies. */
function turnUpright(bitmap: ImageBitmap, orientation: number): ImageBitmap {
  const { width: w, height: h } = bitmap;
  const turns: Readonly<Record<number, readonly [number, number, number, number, number, number]>> = {
    2: [-1, 0, 0, 1, w, 0],
    3: [-1, 0, 0, -1, w, h],
    4: [1, 0, 0, -1, 0, h],
    5: [0, 1, 1, 0, 0, 0],
    6: [0, 1, -1, 0, h, 0],
    7: [0, -1, -1, 0, h, w],
    8: [0, -1, 1, 0, 0, w],
  };
  const turn = turns[orientation];
  if (!turn) return bitmap;
  const canvas = orientation > 4 ? new OffscreenCanvas(h, w) : new OffscreenCanvas(w, h);
  const context = canvas.getContext('2d')!;
  context.setTransform(...turn);
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  return canvas.transferToImageBitmap();
}
