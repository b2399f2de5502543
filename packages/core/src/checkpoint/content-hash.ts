import { FaceXFormerError } from '../base/errors.js';
import { sha256 } from '../formats/sha256.js';
import type { Checkpoint } from './checkpoint.js';

/** Bytes read at a time. */
const PIECE = 8 * 1024 * 1024;

/**
 * Reads a checkpoint of our format once and compares it with the hash that it carries: SHA-256 of all tensor bytes
 * in file order, which is everything behind the header. It tells damage, not forgery: who can change the bytes can
 * change the hash. Opening does not do this, for it would read every byte.
 * @throws {FaceXFormerError} `BAD_CHECKPOINT` when they differ, `UNSUPPORTED` when the checkpoint carries no hash.
 */
export async function verifyContent({ info, source, tensors }: Checkpoint): Promise<void> {
  if (info.contentHash === undefined) {
    throw new FaceXFormerError(
      'UNSUPPORTED',
      'the checkpoint carries no content hash: write it anew with saveCheckpoint',
    );
  }
  const hash = sha256();
  const ranges = [...tensors.values()].map(({ offset = 0, byteLength }) => ({ offset, byteLength }));
  for (const { offset, byteLength } of ranges.sort((a, b) => a.offset - b.offset)) {
    for (let at = 0; at < byteLength; at += PIECE) {
      hash.add(await source.read(offset + at, Math.min(PIECE, byteLength - at)));
    }
  }
  const actual = `sha256:${hash.digest()}`;
  if (actual === info.contentHash) return;
  throw new FaceXFormerError('BAD_CHECKPOINT', 'the weights are damaged: their hash is not the stored one', {
    details: { expected: info.contentHash, actual },
  });
}
