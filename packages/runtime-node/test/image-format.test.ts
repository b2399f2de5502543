import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { isKnownFormat } from '../src/image-format.ts';

const picture = sharp({ create: { width: 8, height: 8, channels: 3, background: 'red' } });

describe('isKnownFormat', () => {
  it.each(['jpeg', 'png', 'webp', 'gif', 'tiff', 'avif'] as const)('knows %s', async (format) => {
    expect(isKnownFormat(await picture.clone().toFormat(format).toBuffer())).toBe(true);
  });

  it('knows large TIFF', async () => {
    expect(isKnownFormat(await picture.clone().tiff({ bigtiff: true }).toBuffer())).toBe(true);
  });

  it.each(['<svg/>', '%PDF-1.4', 'RIFF0000AVI ', 'BM', 'P6 1 1 255', '', 'GIF'])('refuses "%s"', (text) => {
    expect(isKnownFormat(Buffer.from(text))).toBe(false);
  });
});
