import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { imageFormat } from '../src/image-format.ts';

const picture = sharp({ create: { width: 8, height: 8, channels: 3, background: 'red' } });

describe('imageFormat', () => {
  it.each([
    ['jpeg', 'JPEG'],
    ['png', 'PNG'],
    ['webp', 'WebP'],
    ['gif', 'GIF'],
    ['tiff', 'TIFF'],
    ['avif', 'AVIF'],
  ] as const)('knows %s', async (format, name) => {
    expect(imageFormat(await picture.clone().toFormat(format).toBuffer())).toBe(name);
  });

  it('knows large TIFF', async () => {
    expect(imageFormat(await picture.clone().tiff({ bigtiff: true }).toBuffer())).toBe('TIFF');
  });

  it.each([
    ['\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'HEIC'],
    ['\0\0\0\x1cftypmif1\0\0\0\0mif1heicmiaf', 'HEIC'],
    ['\0\0\0\x1cftypmif1\0\0\0\0mif1avifmiaf', 'AVIF'],
    ['\0\0\0\x18ftypmp42\0\0\0\0mp42isom', undefined],
  ] as const)('tells %j by its brands', (start, name) => {
    expect(imageFormat(Buffer.from(start, 'latin1'))).toBe(name);
  });

  it.each(['<svg/>', '%PDF-1.4', 'RIFF0000AVI ', 'BM', 'P6 1 1 255', '', 'GIF'])('refuses "%s"', (text) => {
    expect(imageFormat(Buffer.from(text))).toBeUndefined();
  });
});
