import { FaceXFormerError } from '@facexformer/core';

/**
 * sharp, loaded when it is first needed.
 * @throws {FaceXFormerError} `RUNTIME` when it is not installed for this platform.
 */
export async function loadSharp(): Promise<typeof import('sharp')['default']> {
  try {
    return (await import('sharp')).default;
  } catch (cause) {
    throw new FaceXFormerError(
      'RUNTIME',
      'sharp, which decodes photos, does not load: reinstall it for this platform (npm install sharp), or pass pixels',
      { cause },
    );
  }
}
