import { FaceXFormerError, type MaskLabel, type Pixels, type Runtime } from '@facexformer/core';
import { demand, FUNCTION, having, OBJECT, TEXT } from '@facexformer/core/arguments';
import type { Labels, MaskLayer, Sample } from './sample.js';

/** What reads pictures that are named by a path or given as bytes. */
export type PictureReader = Pick<Runtime<string | Uint8Array>, 'decode'>;

/** Check of an argument. */
const SAMPLE = having('a sample { name, set, image, labels }', { name: TEXT, labels: OBJECT });
const READER = having('a runtime such as nodeRuntime()', { decode: FUNCTION });

/**
 * The pixels of a sample's photo.
 * @throws {FaceXFormerError} `BAD_IMAGE`, `NOT_FOUND` naming set and photo.
 */
export async function decodePhoto(sample: Sample, runtime: PictureReader): Promise<Pixels> {
  demand(sample, SAMPLE, 'decodePhoto: sample');
  demand(runtime, READER, 'decodePhoto: runtime');
  return decode(sample, sample.image, 'photo', runtime);
}

/**
 * All labels of a sample, its masks decoded into class maps.
 * @throws {FaceXFormerError} `BAD_IMAGE`, `NOT_FOUND` naming set and photo.
 */
export async function decodeLabels(sample: Sample, runtime: PictureReader): Promise<Labels> {
  demand(sample, SAMPLE, 'decodeLabels: sample');
  demand(runtime, READER, 'decodeLabels: runtime');
  const masks = Object.entries(sample.masks ?? {}).map(async ([task, layers]) => {
    const decoded = layers.map(
      async ({ image, classOf }) => [await decode(sample, image, 'mask', runtime), classOf] as const,
    );
    return [task, layMasks(await Promise.all(decoded), sample)] as const;
  });
  return { ...sample.labels, ...Object.fromEntries(await Promise.all(masks)) };
}

/** Lays decoded layers over each other, from bottom to top; background where none has a class. */
function layMasks(
  layers: readonly (readonly [Pixels, MaskLayer['classOf']])[],
  { name, set }: Sample,
): MaskLabel {
  const { width, height } = layers[0]![0];
  const data = new Uint8Array(width * height);
  for (const [pixels, classOf] of layers) {
    if (pixels.width !== width || pixels.height !== height) {
      throw new FaceXFormerError('BAD_IMAGE', `the mask layers of ${name} of ${set} have different sizes`);
    }
    for (let i = 0; i < data.length; i += 1) {
      const value = classOf(pixels.data[3 * i]!);
      if (value !== undefined) data[i] = value;
    }
  }
  return { width, height, data };
}

async function decode(
  { name, set }: Sample,
  image: string | Uint8Array,
  what: string,
  runtime: PictureReader,
): Promise<Pixels> {
  try {
    return await runtime.decode(image);
  } catch (cause) {
    if (!FaceXFormerError.isInstance(cause)) throw cause;
    throw new FaceXFormerError(cause.code, `${what} ${name} of ${set}: ${cause.message}`, { cause });
  }
}
