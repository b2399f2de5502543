import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { nodeRuntime } from '../src/index.ts';
import { MOST_PACKED_TEXT, withoutLongTexts } from '../src/png-texts.ts';

const picture = await sharp({ create: { width: 4, height: 3, channels: 3, background: '#2040a0' } })
  .png()
  .toBuffer();

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const ends = [Buffer.alloc(4), Buffer.alloc(4)] as const;
  ends[0].writeUInt32BE(data.length);
  ends[1].writeUInt32BE(crc32(body));
  return Buffer.concat([ends[0], body, ends[1]]);
}

/** Texts of zeros, as long packed as not. */
const text = (bytes: number): Buffer => deflateSync(Buffer.alloc(bytes), { level: 0 });
const zTXt = (bytes: number): Buffer =>
  chunk('zTXt', Buffer.concat([Buffer.from('zeros\0\0', 'latin1'), text(bytes)]));
const iTXt = (bytes: number): Buffer =>
  chunk('iTXt', Buffer.concat([Buffer.from('long\0\x01\0\0\0', 'latin1'), text(bytes)]));

/** The picture with chunks after its header, or before its end. */
const withChunks = (chunks: readonly Buffer[], at = 33): Buffer =>
  Buffer.concat([picture.subarray(0, at), ...chunks, picture.subarray(at)]);

const comments = async (png: Uint8Array) => (await sharp(png).metadata()).comments?.length ?? 0;

describe('withoutLongTexts', () => {
  it('leaves texts of a usual length alone', async () => {
    const png = withChunks([zTXt(1000), iTXt(1000)]);
    expect(withoutLongTexts(png)).toBe(png);
    expect(await comments(png)).toBe(2);
  });

  it('takes away what is longer together', async () => {
    const texts = Array.from({ length: 10 }, () => [zTXt(20e3), iTXt(20e3)]).flat();
    for (const at of [33, picture.length - 12]) {
      const bomb = withChunks(texts, at);
      expect(bomb.length).toBeGreaterThan(picture.length + 4 * MOST_PACKED_TEXT);
      expect(withoutLongTexts(bomb).length).toBeLessThan(picture.length + MOST_PACKED_TEXT + 100);
      const pixels = await nodeRuntime({ device: 'cpu' }).decode(bomb);
      expect([...pixels.data.subarray(0, 3)]).toEqual([0x20, 0x40, 0xa0]);
    }
  });

  it('leaves the picture itself alone, and damage to the decoder', () => {
    const bomb = withChunks([zTXt(100e3)]);
    expect(Buffer.from(withoutLongTexts(bomb)).equals(picture)).toBe(true);
    for (let length = 8; length < 60; length += 1) {
      const cut = bomb.subarray(0, length);
      expect(withoutLongTexts(cut).length).toBeLessThanOrEqual(length);
    }
  });
});
