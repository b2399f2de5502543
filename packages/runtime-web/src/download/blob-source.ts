import { type ByteSource, FaceXFormerError } from '@facexformer/core';
import { demand, kind, tagOf } from '@facexformer/core/arguments';

const BLOB = kind('a Blob or a File', (value) => /^(Blob|File)$/.test(tagOf(value)));

/**
 * Random access to a `Blob` or `File`, of which only the requested parts are read.
 * @returns a source whose `read` throws `BAD_CHECKPOINT` past the end, or when the file has changed
 */
export function blobSource(blob: Blob): ByteSource {
  demand(blob, BLOB, 'blobSource: blob');
  return {
    size: blob.size,
    async read(offset, length) {
      if (!(offset >= 0 && length >= 0 && offset + length <= blob.size)) {
        throw new FaceXFormerError(
          'BAD_CHECKPOINT',
          `bytes ${offset} to ${offset + length} lie outside the file, which has ${blob.size}: is it truncated?`,
        );
      }
      const part = await blob
        .slice(offset, offset + length)
        .arrayBuffer()
        .catch((cause: unknown) => {
          throw new FaceXFormerError('BAD_CHECKPOINT', 'the file cannot be read: has it changed?', { cause });
        });
      return new Uint8Array(part);
    },
  };
}
