const ascii = (bytes: Uint8Array, start: number, end: number): string =>
  String.fromCharCode(...bytes.subarray(start, end));

const startsWith = (bytes: Uint8Array, ...magic: readonly number[]): boolean =>
  magic.every((byte, i) => bytes[i] === byte);

/** The formats that are decoded. SVG and PDF are not, since they can refer to other files. */
export const FORMATS = 'JPEG, PNG, WebP, GIF, TIFF or AVIF';

/** True when the first bytes are those of one of {@link FORMATS}; nothing else reaches a decoder. */
export function isKnownFormat(bytes: Uint8Array): boolean {
  return (
    startsWith(bytes, 0xff, 0xd8, 0xff) ||
    startsWith(bytes, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a) ||
    ascii(bytes, 0, 4) === 'GIF8' ||
    (ascii(bytes, 0, 4) === 'RIFF' && ascii(bytes, 8, 12) === 'WEBP') ||
    startsWith(bytes, 0x49, 0x49, 0x2a, 0) ||
    startsWith(bytes, 0x4d, 0x4d, 0, 0x2a) ||
    startsWith(bytes, 0x49, 0x49, 0x2b, 0) ||
    startsWith(bytes, 0x4d, 0x4d, 0, 0x2b) ||
    ascii(bytes, 4, 8) === 'ftyp'
  );
}

/** True for HEIC pictures as phones make them; only some builds of the decoder have their codec. */
export const isHeic = (bytes: Uint8Array): boolean => /^ftyp.*he[iv][cxms]/s.test(ascii(bytes, 4, 40));
