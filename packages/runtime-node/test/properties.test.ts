import { byteChanges, damaged } from '@facexformer/test-utils/damage';
import { outcomeOf } from '@facexformer/test-utils/outcome';
import { testImage } from '@facexformer/test-utils/portable-image';
import { assert, asyncProperty, constantFrom, integer, uint8Array } from 'fast-check';
import sharp from 'sharp';
import { describe, it } from 'vitest';
import { nodeRuntime } from '../src/index.ts';

const { decode } = nodeRuntime({ device: 'cpu', maxPixels: 1e6 });
const { data } = testImage(7, 24, 16);
const picture = sharp(data, { raw: { width: 24, height: 16, channels: 3 } });

describe('decode, given anything', () => {
  it.each(['jpeg', 'png', 'webp', 'gif', 'tiff'] as const)(
    'refuses or survives a damaged %s',
    async (format) => {
      const whole = await picture.clone().toFormat(format).toBuffer();
      await assert(
        asyncProperty(
          byteChanges({ minLength: 1, maxLength: 4 }),
          integer({ min: 1, max: whole.length }),
          async (changes, length) => {
            await outcomeOf(() => decode(damaged(whole.subarray(0, length), changes)));
          },
        ),
      );
    },
  );

  it('refuses or survives anything behind the first bytes of a format', () =>
    assert(
      asyncProperty(
        constantFrom(
          '\xff\xd8\xff',
          '\x89PNG\r\n\x1a\n',
          'RIFF0000WEBP',
          'GIF89a',
          'II*\0',
          'MM\0+',
          '0000ftypavif',
          '0000ftypheic',
          '',
        ),
        uint8Array({ maxLength: 100 }),
        async (start, rest) => {
          await outcomeOf(() => decode(Buffer.concat([Buffer.from(start, 'latin1'), rest])));
        },
      ),
    ));
});
