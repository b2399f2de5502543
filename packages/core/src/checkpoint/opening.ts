import { FaceXFormerError } from '../base/errors.js';
import type { ByteSource } from '../formats/byte-source.js';

/**
 * Opens what lies in a source. Where that fails, the source is closed, and the error names its file.
 * @throws what `read` throws.
 */
export async function opening<Opened>(source: ByteSource, read: () => Promise<Opened>): Promise<Opened> {
  try {
    return await read();
  } catch (error) {
    await source.close?.();
    const { path } = source;
    if (path === undefined || !FaceXFormerError.isInstance(error) || error.message.includes(path))
      throw error;
    const { code, message, details } = error;
    throw new FaceXFormerError(code, `${path}: ${message}`, { cause: error, details });
  }
}
