import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { hasTooManyPages, MOST_PAGES } from '../src/image-pages.ts';
import { nodeRuntime } from '../src/index.ts';

/** A TIFF of one-pixel pages, all the same. */
function tiff(pages: number, isLoop = false): Buffer {
  const tags = [256, 257, 258, 259, 262, 273, 278, 279];
  const length = 2 + 12 * tags.length + 4;
  const bytes = Buffer.alloc(8 + pages * length + 1);
  bytes.write('II*\0\x08', 'latin1');
  for (let page = 0; page < pages; page += 1) {
    const at = 8 + page * length;
    bytes.writeUInt16LE(tags.length, at);
    for (const [i, tag] of tags.entries()) {
      const entry = at + 2 + 12 * i;
      bytes.writeUInt16LE(tag, entry);
      bytes.writeUInt16LE(4, entry + 2);
      bytes.writeUInt32LE(1, entry + 4);
      bytes.writeUInt32LE(tag === 258 ? 8 : tag === 273 ? bytes.length - 1 : 1, entry + 8);
    }
    bytes.writeUInt32LE(page + 1 < pages ? at + length : isLoop ? 8 : 0, at + length - 4);
  }
  return bytes;
}

/** A GIF of one-pixel frames. */
const gif = (frames: number): Buffer =>
  Buffer.concat([
    Buffer.from('GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff', 'latin1'),
    ...Array.from({ length: frames }, () =>
      Buffer.from('!\xf9\x04\0\0\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0', 'latin1'),
    ),
    Buffer.of(0x3b),
  ]);

describe('hasTooManyPages', () => {
  it.each([
    ['TIFF', tiff],
    ['GIF', gif],
  ] as const)('counts the pages of a %s as the decoder does', async (format, make) => {
    expect((await sharp(make(7)).metadata()).pages).toBe(7);
    expect(hasTooManyPages(make(MOST_PAGES), format)).toBe(false);
    expect(hasTooManyPages(make(MOST_PAGES + 1), format)).toBe(true);
    const decoding = nodeRuntime({ device: 'cpu' }).decode(make(MOST_PAGES + 1));
    await expect(decoding).rejects.toMatchObject({
      code: 'BAD_IMAGE',
      message: expect.stringContaining('more than 10000 pages'),
    });
    expect((await nodeRuntime({ device: 'cpu' }).decode(make(3))).width).toBe(1);
  });

  it('is not held up by pages in a circle, and leaves damage to the decoder', () => {
    expect(hasTooManyPages(tiff(2, true), 'TIFF')).toBe(true);
    for (let length = 0; length < 40; length += 1) {
      expect(hasTooManyPages(tiff(2).subarray(0, length), 'TIFF')).toBe(false);
      expect(hasTooManyPages(gif(2).subarray(0, length), 'GIF')).toBe(false);
    }
  });
});
