import { FaceXFormerError } from '@facexformer/core';
import { outerRealm } from './realm.js';

/** The library onnxruntime-node. */
export type Ort = typeof import('onnxruntime-node');

/** What onnxruntime-node has binaries for. */
const PLATFORMS = ['linux/x64', 'linux/arm64', 'win32/x64', 'win32/arm64', 'darwin/arm64'];

/**
 * Loads onnxruntime when it is first needed.
 * @throws {FaceXFormerError} `RUNTIME` when it is not installed, or has no binary for this platform.
 */
export async function loadOrt(): Promise<Ort> {
  try {
    return outerRealm ? outerRealm.require('onnxruntime-node') : await import('onnxruntime-node');
  } catch (cause) {
    throw notLoaded(cause as Error, `${process.platform}/${process.arch}`);
  }
}

/** Why onnxruntime-node did not load, and what to do. */
export function notLoaded(cause: Error, platform: string): FaceXFormerError {
  const why = PLATFORMS.includes(platform)
    ? `${cause.message} (reinstall it on this machine: npm install onnxruntime-node)`
    : `it has binaries for ${PLATFORMS.join(', ')} only`;
  return new FaceXFormerError('RUNTIME', `onnxruntime-node does not load on ${platform}: ${why}`, { cause });
}
