import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { refuse } from '../reading/errors.js';
import { readWhole } from '../reading/read-whole.js';

const unzip = promisify(gunzip);
const BLOCK = 512;
/** Photos hardly shrink: an archive that grows more than this when it is unzipped is none of photos. */
const MOST_GROWTH = 64;
const text = new TextDecoder();

/** A NUL-terminated field of a header. */
function field(header: Uint8Array, start: number, length: number): string {
  const bytes = header.subarray(start, start + length);
  const end = bytes.indexOf(0);
  return text.decode(end < 0 ? bytes : bytes.subarray(0, end));
}

/** True when the header's checksum fits: the sum of its bytes with the checksum itself taken as blanks. */
function isIntact(header: Uint8Array): boolean {
  const stated = Number.parseInt(field(header, 148, 8).trim(), 8);
  const sum = header.reduce((total, byte, i) => total + (i >= 148 && i < 156 ? 32 : byte), 0);
  return stated === sum;
}

/**
 * The regular files of a plain USTAR archive by member name; the contents are views of `bytes`.
 * @param name of the archive, for messages
 * @throws {FaceXFormerError} `BAD_OPTION` for an archive that is cut off, damaged or no tar.
 */
export function readTar(bytes: Uint8Array, name: string): ReadonlyMap<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  const damaged = (at: number): never => refuse(name, `it is damaged at byte ${at}, or no tar archive`);
  let at = 0;
  for (; at + BLOCK <= bytes.length; ) {
    const header = bytes.subarray(at, at + BLOCK);
    if (header.every((byte) => byte === 0)) return files;
    const size = Number.parseInt(field(header, 124, 12).trim(), 8);
    const start = at + BLOCK;
    if (!isIntact(header) || !(size >= 0) || start + size > bytes.length) damaged(at);
    const folder = field(header, 345, 155);
    const kind = header[156]!;
    if (kind === 0 || kind === 0x30) {
      const member = field(header, 0, 100);
      files.set(folder ? `${folder}/${member}` : member, bytes.subarray(start, start + size));
    }
    at = start + Math.ceil(size / BLOCK) * BLOCK;
  }
  if (at === 0 || at !== bytes.length) damaged(at);
  return files;
}

/**
 * The members of a tar archive, gzipped where its name ends in `.gz`, by name.
 * @throws {FaceXFormerError} `NOT_FOUND`; `BAD_OPTION` for an archive that is damaged.
 */
export async function readShard(path: string): Promise<ReadonlyMap<string, Uint8Array>> {
  const bytes = await readWhole(path);
  if (!path.endsWith('.gz')) return readTar(bytes, path);
  const most = Math.max(MOST_GROWTH * bytes.length, BLOCK);
  const plain = await unzip(bytes, { maxOutputLength: most }).catch((cause: NodeJS.ErrnoException) =>
    refuse(
      path,
      cause.code === 'ERR_BUFFER_TOO_LARGE'
        ? `it grows more than ${MOST_GROWTH} times when it is unzipped`
        : 'it is damaged, or not gzipped',
      cause,
    ),
  );
  return readTar(plain, path);
}
