import { BYTES, demand, FUNCTION, having, whole } from '../base/arguments.js';

/** Random access to the bytes of a file, wherever it lies. Reading past the end is an error of the caller. */
export interface ByteSource {
  readonly size: number;
  /** Absolute path, when it is a local file: engines may then map weights straight from it. */
  readonly path?: string;
  /** `length` bytes from `offset` on; possibly a view of memory that the source owns. */
  read(offset: number, length: number): Promise<Uint8Array>;
  /** Releases the file; a second call does nothing. */
  close?(): Promise<void>;
}

/** Bytes that are in memory already. Reads are views, not copies. */
export function bytesSource(bytes: Uint8Array): ByteSource {
  demand(bytes, BYTES, 'bytesSource: bytes');
  return {
    size: bytes.byteLength,
    read: async (offset, length) => bytes.subarray(offset, offset + length),
  };
}

/** Check of an argument. */
export const BYTE_SOURCE = having(
  'a source of bytes such as await fileSource(path), await urlSource(url) or bytesSource(bytes)',
  {
    size: whole(0),
    read: FUNCTION,
  },
);
