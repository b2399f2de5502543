import { FaceXFormerError } from '@facexformer/core';

/**
 * Loads sharp when it is first needed.
 * @throws {FaceXFormerError} `RUNTIME` when it is not installed for this platform.
 */
export async function loadSharp(): Promise<typeof import('sharp')['default']> {
  try {
    return (await import('sharp')).default;
  } catch (cause) {
    throw new FaceXFormerError(
      'RUNTIME',
      'sharp, which decodes photos, does not load: reinstall it on this machine (npm install sharp), or pass pixels',
      { cause },
    );
  }
}
