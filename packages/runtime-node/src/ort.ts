import { FaceXFormerError } from '@facexformer/core';

/** The library onnxruntime-node. */
export type Ort = typeof import('onnxruntime-node');

/**
 * Loads onnxruntime when it is first needed.
 * @throws {FaceXFormerError} `RUNTIME` when it has no binary for this platform.
 */
export async function loadOrt(): Promise<Ort> {
  try {
    return await import('onnxruntime-node');
  } catch (cause) {
    throw new FaceXFormerError(
      'RUNTIME',
      `onnxruntime-node does not load on ${process.platform}/${process.arch}: it has binaries for Linux and Windows on ` +
        'x64 and arm64, and macOS on arm64',
      { cause },
    );
  }
}
