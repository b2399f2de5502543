import { FaceXFormerError, type Pixels, type RunOptions, throwIfAborted } from '@facexformer/core';
import { checkPixels, isPixels } from '@facexformer/core/image';
import { checkPixelCount, type DecodeLimits } from '@facexformer/core/runtime';
import { type BrowserImage, kindOf, type Picture, readPicture } from './picture.js';

/** What the web runtime takes as a photo. Pixels are used as they are, not copied. */
export type WebImage = BrowserImage | Pixels;

/**
 * Decodes a photo to upright 8-bit sRGB: EXIF orientation applied, colour profiles converted, transparency on
 * white, the first frame of an animation. `maxPixels` is checked before pixels are copied, but after the
 * browser has decoded the file.
 * @throws {FaceXFormerError} `BAD_IMAGE` for anything that is not a complete picture within the limits, or that comes
 * from another site without CORS; `DOWNLOAD_FAILED` for an address; `ABORTED`, `UNSUPPORTED`.
 */
export async function decodeImage(
  image: WebImage,
  limits: DecodeLimits,
  { signal }: RunOptions = {},
): Promise<Pixels> {
  throwIfAborted(signal);
  if (kindOf(image) !== 'ImageData' && isPixels(image)) {
    checkPixels(image);
    return image;
  }
  if (typeof OffscreenCanvas === 'undefined') {
    throw new FaceXFormerError(
      'UNSUPPORTED',
      'decoding needs an OffscreenCanvas, which does not exist here: pass pixels, or in Node use nodeRuntime() of @facexformer/runtime-node',
    );
  }
  const picture = await readPicture(image, limits);
  try {
    throwIfAborted(signal);
    checkPixelCount(picture.name, picture, limits);
    return draw(picture);
  } finally {
    picture.close();
  }
}

function draw({ name, source, width, height }: Picture): Pixels {
  try {
    // Without willReadFrequently, the pixels would go to the GPU and back.
    const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })!;
    context.fillStyle = '#fff';
    context.fillRect(0, 0, width, height);
    context.drawImage(source, 0, 0, width, height);
    const { data } = context.getImageData(0, 0, width, height, { colorSpace: 'srgb' });
    if (data[3] !== 255) throw new Error('it is larger than this browser can draw');
    return { width, height, data: withoutAlpha(data) };
  } catch (cause) {
    const { name: kind, message } = cause as Error;
    const why = kind === 'SecurityError' ? 'it comes from another site without CORS' : message;
    throw new FaceXFormerError('BAD_IMAGE', `${name} cannot be read: ${why}`, { cause });
  }
}

/** RGBA to RGB. */
function withoutAlpha(rgba: Uint8ClampedArray): Uint8ClampedArray {
  const rgb = new Uint8ClampedArray((rgba.length / 4) * 3);
  for (let from = 0, to = 0; from < rgba.length; from += 4, to += 3) {
    rgb[to] = rgba[from]!;
    rgb[to + 1] = rgba[from + 1]!;
    rgb[to + 2] = rgba[from + 2]!;
  }
  return rgb;
}
