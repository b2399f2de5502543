/** Formats that are told apart by their first bytes. Only some builds of the decoder have the codec of HEIC. */
export type ImageFormat = 'JPEG' | 'PNG' | 'WebP' | 'GIF' | 'TIFF' | 'AVIF' | 'HEIC';

/** The formats that are decoded. SVG and PDF are not, since they can refer to other files. */
export const FORMATS = 'JPEG, PNG, WebP, GIF, TIFF or AVIF';

const STARTS: readonly (readonly [start: RegExp, format: ImageFormat])[] = [
  [/^\xff\xd8\xff/, 'JPEG'],
  [/^\x89PNG\r\n.\n/s, 'PNG'],
  [/^RIFF.{4}WEBP/s, 'WebP'],
  [/^GIF8/, 'GIF'],
  [/^(II[*+]\0|MM\0[*+])/, 'TIFF'],
  [/^.{4}ftyp(.{4})*avi[fs]/s, 'AVIF'],
  [/^.{4}ftyp(.{4})*(he[iv][cxms]|mif1|msf1)/s, 'HEIC'],
];

/** The format that the first bytes are those of; nothing else reaches a decoder. */
export function imageFormat(bytes: Uint8Array): ImageFormat | undefined {
  const start = String.fromCharCode(...bytes.subarray(0, 48)); // holds the brands of AVIF and HEIC
  return STARTS.find(([pattern]) => pattern.test(start))?.[1];
}
