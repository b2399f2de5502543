import { deflateSync } from 'node:zlib';
import { writeFile } from '@facexformer/files';

/** Where a part of an archive lies: compressed with zlib, in piece `piece`. Parts of one name follow each other. */
export interface Entry {
  readonly name: string;
  readonly piece: number;
  readonly offset: number;
  readonly length: number;
}

/** Named bytes in files of limited size. */
export interface Archive {
  add(name: string, content: Uint8Array): Promise<void>;
  /** Writes what is left; the entries tell where everything lies. */
  close(): Promise<readonly Entry[]>;
}

/** Bytes that are compressed at once: no part is larger than a piece. */
const PART = 16 * 2 ** 20;

/** An archive whose pieces are `piece-<n>.bin` in a folder, none of them longer than `limit` bytes. */
export function createArchive(folder: string, limit: number): Archive {
  const entries: Entry[] = [];
  let piece = 0;
  let parts: Uint8Array[] = [];
  let length = 0;
  const flush = async (): Promise<void> => {
    await writeFile(`${folder}/piece-${piece}.bin`, parts);
    piece += 1;
    parts = [];
    length = 0;
  };
  return {
    async add(name, content) {
      for (let start = 0; start < content.length || start === 0; start += PART) {
        const packed = deflateSync(content.subarray(start, start + PART), { level: 9 });
        if (length + packed.length > limit) await flush();
        entries.push({ name, piece, offset: length, length: packed.length });
        parts.push(packed);
        length += packed.length;
      }
    },
    async close() {
      await flush();
      return entries;
    },
  };
}

/** Bytes of a typed array or text. */
export const bytesOf = (content: NodeJS.TypedArray | string): Uint8Array =>
  typeof content === 'string'
    ? Buffer.from(content)
    : new Uint8Array(content.buffer, content.byteOffset, content.byteLength);
