import { demand } from '../base/arguments.js';
import { FaceXFormerError } from '../base/errors.js';
import { sha256 } from '../formats/sha256.js';
import { CHECKPOINT, type Checkpoint } from './checkpoint.js';

/** Bytes read at a time. */
const CHUNK = 8 * 1024 * 1024;

/**
 * Hashes a checkpoint of our format and compares the result with the hash that it carries: the SHA-256 of all tensor
 * bytes in file order. A torch file is compared with the check sums of its archive. This detects damage, not forgery: whoever can change the bytes can change the hash.
 * `openCheckpoint` does not do it, as it would have to read every byte.
 * @throws {FaceXFormerError} `BAD_CHECKPOINT` when they differ, `UNSUPPORTED` when the checkpoint carries no hash.
 */
export async function verifyContent(checkpoint: Checkpoint): Promise<void> {
  const { info, source, tensors } = demand(checkpoint, CHECKPOINT, 'verifyContent: the checkpoint');
  if (checkpoint.verify) return checkpoint.verify();
  if (info.contentHash === undefined) {
    throw new FaceXFormerError(
      'UNSUPPORTED',
      'the checkpoint carries no content hash: save it again with saveCheckpoint',
    );
  }
  const hash = sha256();
  const ranges = [...tensors.values()].flatMap(({ offset = 0, byteLength, int8 }) => [
    { offset, byteLength },
    ...(int8 ? [int8.scales] : []),
  ]);
  for (const { offset, byteLength } of ranges.sort((a, b) => a.offset - b.offset)) {
    for (let at = 0; at < byteLength; at += CHUNK) {
      hash.add(await source.read(offset + at, Math.min(CHUNK, byteLength - at)));
    }
  }
  const actual = `sha256:${hash.digest()}`;
  if (actual === info.contentHash) return;
  throw new FaceXFormerError(
    'BAD_CHECKPOINT',
    'the weights are damaged, as their hash differs from the stored one: fetch the file again',
    {
      details: { expected: info.contentHash, actual },
    },
  );
}
