import { FaceXFormerError, type Pixels, throwIfAborted } from '@facexformer/core';
import { demand, whole } from '@facexformer/core/arguments';
import { checkPixels, isPixels } from '@facexformer/core/image';
import {
  checkPixelCount,
  type DecodedPhoto,
  type DecodeLimits,
  type DecodeOptions,
  tooManyPixels,
} from '@facexformer/core/runtime';
import type { Sharp } from 'sharp';
import { FORMATS, type ImageFormat, imageFormat } from './image-format.js';
import { hasTooManyPages, MOST_PAGES } from './image-pages.js';
import { hasAllScans } from './jpeg-scans.js';
import { withoutLongTexts } from './png-texts.js';
import { type EncodedImage, type ImageBytes, readImage } from './read-image.js';
import { loadSharp } from './sharp.js';

/** What the Node runtime takes as a photo. Pixels are used as they are, not copied. */
export type NodeImage = EncodedImage | Pixels;

/**
 * Decodes a photo to upright 8-bit sRGB: EXIF orientation applied, colour profiles, CMYK, grey and 16 bits converted,
 * transparency on white, the first frame of an animation. A JPEG of three times the pixels that are `enough`, or more, is
 * decoded smaller, which takes far less time: most of its coefficients need not become pixels.
 * @throws {FaceXFormerError} `BAD_IMAGE` for anything that is not a complete picture within the limits, `NOT_FOUND`,
 * `UNSUPPORTED`, `ABORTED`, `BAD_OPTION` for an impossible `enough`.
 */
export async function decodeImage(
  image: NodeImage,
  limits: DecodeLimits,
  { signal, enough }: DecodeOptions = {},
): Promise<DecodedPhoto> {
  throwIfAborted(signal);
  if (enough !== undefined) demand(enough, whole(1), 'decode: enough');
  if (isPixels(image)) {
    checkPixels(image);
    return image;
  }
  const file = await readImage(image, limits);
  throwIfAborted(signal);
  const pixels = await toPixels(file, formatOf(file), limits, enough);
  throwIfAborted(signal);
  return pixels;
}

/** The format of a file, if it is one that is decoded. */
function formatOf({ name, bytes }: ImageBytes): ImageFormat {
  const format = imageFormat(bytes);
  if (!format) throw new FaceXFormerError('BAD_IMAGE', `${name} is not a ${FORMATS} file`);
  if (hasTooManyPages(bytes, format)) {
    throw new FaceXFormerError(
      'BAD_IMAGE',
      `${name} has more than ${MOST_PAGES} pages: save the first alone`,
    );
  }
  if (format === 'JPEG' && !hasAllScans(bytes)) {
    throw new FaceXFormerError('BAD_IMAGE', `${name} is broken: scans of a progressive JPEG are missing`);
  }
  return format;
}

/** Seconds that a picture may take. */
const LONGEST = 60;
/** From three times smaller on, sharp takes only a part of each block of a JPEG. */
const WORTHWHILE = 3;
/** Whole numbers of 1 to 8 and of 16 bits: others may mean any range, and come out wrong without a word. */
const DEPTHS = new Set<string | undefined>(['uchar', 'ushort']);
/** What a JPEG decoder only warns of when it makes up the rest of the picture. */
const MADE_UP = /premature end of data|bad Huffman code/;

async function toPixels(
  { name, bytes }: ImageBytes,
  format: ImageFormat,
  limits: DecodeLimits,
  enough: number | undefined,
): Promise<DecodedPhoto> {
  const sharp = await loadSharp();
  const picture = format === 'PNG' ? withoutLongTexts(bytes) : bytes;
  const open = (failOn: 'error' | 'warning'): Sharp =>
    sharp(picture, { limitInputPixels: limits.maxPixels, failOn }).timeout({ seconds: LONGEST });
  try {
    const about = await open('error').metadata();
    checkPixelCount(name, about, limits);
    if (!DEPTHS.has(about.depth)) {
      const advice = 'whose range nobody states: save it with 8 or 16 bits';
      throw new FaceXFormerError('UNSUPPORTED', `${name} has values of the kind "${about.depth}", ${advice}`);
    }
    if (format !== 'JPEG') return await decode(open('error'));
    const { autoOrient: size } = about;
    const side = enough && Math.max(size.width, size.height) >= WORTHWHILE * enough ? enough : undefined;
    const pixels =
      (await decode(open('warning'), side).catch(orHarmless)) ?? (await decode(open('error'), side));
    return side ? { ...pixels, reducedFrom: size } : pixels;
  } catch (cause) {
    if (FaceXFormerError.isInstance(cause)) throw cause;
    const { message } = cause as Error;
    if (message.includes('pixel limit')) throw tooManyPixels(name, limits.maxPixels, cause);
    if (format === 'HEIC') {
      const advice = 'which cannot be decoded here: convert it to JPEG first';
      throw new FaceXFormerError('UNSUPPORTED', `${name} is a HEIC picture, ${advice}`, { cause });
    }
    throw new FaceXFormerError('BAD_IMAGE', `${name} is broken: ${message.split('\n', 1)}`, { cause });
  }
}

/** Leaves a picture of which a decoder merely warned to be decoded again. */
function orHarmless(error: Error): undefined {
  if (MADE_UP.test(error.message)) throw error;
}

/** @param side pixels of the longer side, if it is to be smaller */
async function decode(picture: Sharp, side?: number): Promise<Pixels> {
  const { data, info } = await picture
    .autoOrient()
    .resize(side && { width: side, height: side, fit: 'inside' })
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  // A copy can change its thread, as sharp's memory cannot; what its toUint8Array gives could, and is never freed (0.35.5).
  const pixels = { width: info.width, height: info.height, data: new Uint8Array(data) };
  checkPixels(pixels);
  return pixels;
}
