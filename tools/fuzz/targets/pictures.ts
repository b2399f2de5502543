import { nodeRuntime } from '@facexformer/runtime-node';
import { testImage } from '@facexformer/test-utils/portable-image';
import sharp from 'sharp';
import { mutateBytes } from '../mutate.ts';
import { type Target, target } from '../target.ts';

const SIDE = 48;
const FORMATS = ['jpeg', 'png', 'webp', 'gif', 'tiff', 'avif'] as const;

/** Decoders of photos: native code behind our gate of formats, sizes, pages and time. */
export const PICTURES: readonly Target[] = FORMATS.map((format) =>
  target(format, `a picture as ${format.toUpperCase()}`, async () => {
    const { decode } = nodeRuntime({ device: 'cpu', maxPixels: 4e6 });
    const picture = sharp(testImage(7, SIDE, SIDE).data, { raw: { width: SIDE, height: SIDE, channels: 3 } });
    const seeds = await Promise.all([
      picture.clone().toFormat(format).toBuffer(),
      picture.clone().withMetadata({ orientation: 6 }).toFormat(format, { quality: 30 }).toBuffer(),
      picture.clone().resize(7, 90).greyscale().toFormat(format).toBuffer(),
    ]);
    return {
      input: (random) => mutateBytes(random, seeds, ['Exif\0\0', 'IDAT', 'ftypheic', '\xff\xd9', 'GIF89a']),
      attempt: (bytes) => decode(bytes),
    };
  }),
);
