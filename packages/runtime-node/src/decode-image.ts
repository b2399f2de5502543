import { FaceXFormerError, type Pixels, type RunOptions, throwIfAborted } from '@facexformer/core';
import { checkPixels, isPixels } from '@facexformer/core/image';
import { type DecodeLimits, tooManyPixels } from '@facexformer/core/runtime';
import { FORMATS, isHeic, isKnownFormat } from './image-format.js';
import { type EncodedImage, type ImageBytes, readImage } from './read-image.js';
import { loadSharp } from './sharp.js';

/** What the Node runtime takes as a photo. Pixels are used as they are, not copied. */
export type NodeImage = EncodedImage | Pixels;

/**
 * Decodes a photo to upright 8-bit sRGB: EXIF orientation applied, colour profiles, CMYK, grey and 16 bits converted,
 * transparency on white, the first frame of an animation.
 * @throws {FaceXFormerError} `BAD_IMAGE` for anything that is not a complete picture within the limits, `NOT_FOUND`,
 * `UNSUPPORTED`, `ABORTED`.
 */
export async function decodeImage(
  image: NodeImage,
  limits: DecodeLimits,
  { signal }: RunOptions = {},
): Promise<Pixels> {
  throwIfAborted(signal);
  if (isPixels(image)) {
    checkPixels(image);
    return image;
  }
  const file = await readImage(image, limits);
  throwIfAborted(signal);
  if (!isKnownFormat(file.bytes)) {
    throw new FaceXFormerError('BAD_IMAGE', `${file.name} is not a ${FORMATS} file`);
  }
  const pixels = await toPixels(file, limits.maxPixels);
  throwIfAborted(signal);
  return pixels;
}

async function toPixels({ name, bytes }: ImageBytes, maxPixels: number): Promise<Pixels> {
  const sharp = await loadSharp();
  try {
    const { data, info } = await sharp(bytes, { limitInputPixels: maxPixels, failOn: 'error' })
      .autoOrient()
      .flatten({ background: '#ffffff' })
      .toColourspace('srgb')
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    const pixels = { width: info.width, height: info.height, data };
    checkPixels(pixels);
    return pixels;
  } catch (cause) {
    const { message } = cause as Error;
    if (message.includes('pixel limit')) throw tooManyPixels(name, maxPixels, cause);
    if (isHeic(bytes)) {
      const advice = 'which cannot be decoded here: convert it to JPEG first';
      throw new FaceXFormerError('UNSUPPORTED', `${name} is a HEIC picture, ${advice}`, { cause });
    }
    throw new FaceXFormerError('BAD_IMAGE', `${name} is broken: ${message}`, { cause });
  }
}
