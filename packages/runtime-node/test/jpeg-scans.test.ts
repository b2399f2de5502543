import { fixturePath } from '@facexformer/test-utils/load';
import fc from 'fast-check';
import sharp from 'sharp';
import { expect, it } from 'vitest';
import { hasAllScans } from '../src/jpeg-scans.js';
import { nodeRuntime } from '../src/runtime.js';

const photo = sharp(fixturePath('astronaut.png')).resize(64, 48);
const END = Buffer.from([0xff, 0xd9]);

/** Where scans begin: thumbnails aside, no other two bytes of a JPEG say so. */
function scansOf(jpeg: Buffer): readonly number[] {
  const starts: number[] = [];
  for (
    let at = jpeg.indexOf('\xff\xda', 0, 'latin1');
    at >= 0;
    at = jpeg.indexOf('\xff\xda', at + 2, 'latin1')
  )
    starts.push(at);
  return starts;
}

it.each([
  ['progressive', { progressive: true }],
  ['with scans that mozjpeg chose', { progressive: true, optimiseScans: true, mozjpeg: true }],
  ['progressive without subsampling', { progressive: true, chromaSubsampling: '4:4:4' }],
  ['of one scan', { progressive: false }],
])('takes a JPEG %s, and none that is cut between two scans', async (_, options) => {
  const jpeg = await photo.clone().jpeg(options).toBuffer();
  expect(hasAllScans(jpeg)).toBe(true);
  for (const start of scansOf(jpeg).slice(1)) {
    const cut = Buffer.concat([jpeg.subarray(0, start), END]);
    expect(hasAllScans(cut)).toBe(false);
    await expect(nodeRuntime().decode(cut)).rejects.toMatchObject({ code: 'BAD_IMAGE' });
  }
});

it('takes a progressive JPEG in grey', async () => {
  const grey = await photo.clone().greyscale().jpeg({ progressive: true }).toBuffer();
  expect(hasAllScans(grey)).toBe(true);
  expect(await nodeRuntime().decode(grey)).toMatchObject({ width: 64, height: 48 });
});

it('comes to an end whatever the bytes are', () => {
  const marker = fc.constantFrom(0xff, 0xd8, 0xd9, 0xda, 0xc2, 0xc0, 0xd0, 0, 1, 2, 3, 63);
  fc.assert(
    fc.property(fc.array(fc.oneof(marker, fc.integer({ min: 0, max: 255 }))), (bytes) => {
      expect(typeof hasAllScans(Uint8Array.from([0xff, 0xd8, ...bytes]))).toBe('boolean');
    }),
  );
});
