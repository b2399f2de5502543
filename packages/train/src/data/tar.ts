import { FaceXFormerError } from '@facexformer/core';

const BLOCK = 512;
const text = new TextDecoder();

const field = (block: Uint8Array, start: number, length: number): string => {
  const bytes = block.subarray(start, start + length);
  const end = bytes.indexOf(0);
  return text.decode(end < 0 ? bytes : bytes.subarray(0, end));
};

/**
 * The regular files of a plain USTAR archive, by member name; the contents are views of `bytes`.
 * @throws {FaceXFormerError} `BAD_OPTION` for an archive that is cut off or is no tar.
 */
export function readTar(bytes: Uint8Array): ReadonlyMap<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  for (let at = 0; at + BLOCK <= bytes.length; ) {
    const header = bytes.subarray(at, at + BLOCK);
    if (header[0] === 0) break;
    const size = Number.parseInt(field(header, 124, 12).trim(), 8);
    const start = at + BLOCK;
    if (!field(header, 257, 5).startsWith('ustar') || !(size >= 0) || start + size > bytes.length) {
      throw new FaceXFormerError('BAD_OPTION', `the tar archive is damaged at byte ${at}`);
    }
    const prefix = field(header, 345, 155);
    const name = field(header, 0, 100);
    const kind = header[156];
    if (kind === 0 || kind === 0x30) {
      files.set(prefix ? `${prefix}/${name}` : name, bytes.subarray(start, start + size));
    }
    at = start + Math.ceil(size / BLOCK) * BLOCK;
  }
  return files;
}
