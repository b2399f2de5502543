import { FaceXFormerError } from '../base/errors.js';
import type { ByteSource } from './byte-source.js';

const ZIP = [0x50, 0x4b, 3, 4];
/** Protocol 2, then the magic number of `torch.save` before zip archives. */
const LEGACY = [0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19];

/**
 * True for files that start like a zip archive, as `torch.save` writes them since PyTorch 1.6.
 * @throws {FaceXFormerError} `UNSUPPORTED` for torch files of the older kind.
 */
export async function isTorchZip(source: ByteSource): Promise<boolean> {
  const start = await source.read(0, Math.min(14, source.size));
  if (LEGACY.every((byte, i) => byte === start[i])) {
    throw new FaceXFormerError(
      'UNSUPPORTED',
      'this torch file is of the kind before PyTorch 1.6: write it anew with torch.save(torch.load(path, weights_only=True), path)',
    );
  }
  return ZIP.every((byte, i) => byte === start[i]);
}
