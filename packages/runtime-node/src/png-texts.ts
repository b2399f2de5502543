/** Bytes of packed texts that a PNG may have: enough for its EXIF data, and for 64 MB of text once unpacked. */
export const MOST_PACKED_TEXT = 2 ** 16;

/**
 * A PNG without the packed texts (`zTXt`, `iTXt`) that go beyond {@link MOST_PACKED_TEXT} together. Decoders unpack all of
 * them, to a thousand times their size, whenever they open the file. Damage is left for the decoder to find.
 */
export function withoutLongTexts(png: Uint8Array): Uint8Array {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  const kept: Uint8Array[] = [];
  let packed = 0;
  let start = 0; // of what is kept and not yet in `kept`
  // A chunk is its length, its type, as many bytes, and a checksum.
  for (let at = 8; at + 12 <= png.length; ) {
    const length = view.getUint32(at);
    const end = at + 12 + length;
    if (isPackedText(view.getUint32(at + 4))) {
      packed += length;
      if (packed > MOST_PACKED_TEXT) {
        kept.push(png.subarray(start, at));
        start = Math.min(end, png.length);
      }
    }
    at = end;
  }
  return kept.length === 0 ? png : Buffer.concat([...kept, png.subarray(start)]);
}

/** Whether the type of a chunk, as four bytes, is `zTXt` or `iTXt`. */
const isPackedText = (type: number): boolean => type === 0x7a545874 || type === 0x69545874;
