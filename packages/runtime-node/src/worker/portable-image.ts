import { checkPixels, isPixels } from '@facexformer/core/image';
import type { DecodeLimits, PortableImage } from '@facexformer/core/runtime';
import type { NodeImage } from '../decode-image.js';
import { isAddress, readImage } from '../read-image.js';

/**
 * A photo in a form that can be sent to a worker: a file as its path, anything else as a copy, since the memory is the
 * caller's.
 * @throws {FaceXFormerError} `BAD_IMAGE`.
 */
export async function portableImage(
  image: NodeImage,
  limits: DecodeLimits,
): Promise<PortableImage<NodeImage>> {
  if (isPixels(image)) {
    checkPixels(image);
    const { width, height } = image;
    const data = new Uint8Array(image.data);
    return { image: { width, height, data }, transfer: [data.buffer] };
  }
  if (isAddress(image)) return { image: String(image), transfer: [] };
  const { bytes } = await readImage(image, limits);
  const copy = new Uint8Array(bytes);
  return { image: copy, transfer: [copy.buffer] };
}
