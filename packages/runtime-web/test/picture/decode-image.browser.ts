import type { Pixels } from '@facexformer/core';
import { describe, expect, it } from 'vitest';
import type { WebImage } from '../../src/index.ts';
import { decodeImage } from '../../src/picture/decode-image.ts';

const LIMITS = { maxPixels: 1e6, maxBytes: 1e6 };

/** 3 x 2 opaque pixels, each of its own colour. */
const COLORS = [255, 0, 0, 0, 255, 0, 0, 0, 255, 1, 2, 3, 250, 251, 252, 128, 64, 32];

function canvasOf(alpha = 255): OffscreenCanvas {
  const canvas = new OffscreenCanvas(3, 2);
  canvas.getContext('2d')!.putImageData(imageData(alpha), 0, 0);
  return canvas;
}

function imageData(alpha = 255): ImageData {
  const rgba = Array.from({ length: 6 }, (_, i) => [...COLORS.slice(i * 3, i * 3 + 3), alpha]).flat();
  return new ImageData(Uint8ClampedArray.from(rgba), 3, 2);
}

const png = (alpha?: number) => canvasOf(alpha).convertToBlob({ type: 'image/png' });

async function element(blob: Blob): Promise<HTMLImageElement> {
  const img = new Image();
  img.src = URL.createObjectURL(blob);
  return img;
}

function pageCanvas(): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [3, 2];
  canvas.getContext('2d')!.putImageData(imageData(), 0, 0);
  return canvas;
}

describe('decodeImage', () => {
  const images: Record<string, () => Promise<WebImage>> = {
    Blob: png,
    string: async () => URL.createObjectURL(await png()),
    URL: async () => new URL(URL.createObjectURL(await png())),
    Uint8Array: async () => new Uint8Array(await (await png()).arrayBuffer()),
    ArrayBuffer: async () => (await png()).arrayBuffer(),
    File: async () => new File([await png()], 'photo.png'),
    ImageBitmap: async () => createImageBitmap(await png()),
    ImageData: async () => imageData(),
    HTMLImageElement: async () => element(await png()),
    HTMLCanvasElement: async () => pageCanvas(),
    OffscreenCanvas: async () => canvasOf(),
    VideoFrame: async () => new VideoFrame(canvasOf(), { timestamp: 0 }),
    Pixels: async () => ({ width: 3, height: 2, data: Uint8Array.from(COLORS) }),
  };
  it.each(Object.keys(images))('reads each pixel of a %s', async (kind) => {
    const image = await images[kind]!();
    const { width, height, data } = await decodeImage(image, LIMITS);
    expect({ width, height, data: [...data] }).toEqual({ width: 3, height: 2, data: COLORS });
    if (kind === 'VideoFrame') (image as VideoFrame).close();
  });

  it('lays transparency on white', async () => {
    const { data } = await decodeImage(await png(0), LIMITS);
    expect([...data]).toEqual(Array.from({ length: 18 }, () => 255));
  });

  it('turns a photo upright as its EXIF says', async () => {
    const { width, height } = await decodeImage(await oriented('image/jpeg', 6), LIMITS);
    expect({ width, height }).toEqual({ width: 32, height: 48 });
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])(
    'reads a WebP whose EXIF says %i as a JPEG with the same',
    async (orientation) => {
      const jpeg = await decodeImage(await oriented('image/jpeg', orientation), LIMITS);
      const webp = await decodeImage(await oriented('image/webp', orientation), LIMITS);
      expect([webp.width, webp.height]).toEqual([jpeg.width, jpeg.height]);
      expect(corners(webp)).toEqual(corners(jpeg));
    },
  );

  it('does not use up what it is given', async () => {
    const bitmap = await createImageBitmap(await png());
    await decodeImage(bitmap, LIMITS);
    expect(bitmap.width).toBe(3);
  });

  const broken: Record<string, [() => Promise<unknown>, RegExp]> = {
    'no picture': [async () => new Blob(['hello']), /not a picture/],
    'an empty file': [async () => new File([], 'none.png'), /none\.png is empty/],
    'too many bytes': [async () => new Blob([new Uint8Array(1e6 + 1)]), /1000000 that maxBytes allows/],
    'too many pixels': [async () => new OffscreenCanvas(2000, 1000), /maxPixels/],
    'half a picture': [async () => (await png()).slice(0, 60), /not a picture|broken/],
    'half a JPEG': [async () => (await oriented('image/jpeg', 1)).slice(0, -30), /broken/],
    'half a WebP': [async () => (await oriented('image/webp', 1)).slice(0, -30), /broken/],
    'a closed bitmap': [
      async () => {
        const bitmap = await createImageBitmap(await png());
        bitmap.close();
        return bitmap;
      },
      /closed/,
    ],
    'a broken <img>': [async () => element(new Blob(['hello'])), /cannot be loaded/],
    'a <video> without a frame': [async () => document.createElement('video'), /no frame yet/],
    'a number': [async () => 7, /cannot decode 7: pass an address/],
    null: [async () => null, /decode null/],
    'pixels of a wrong length': [async () => ({ width: 3, height: 2, data: new Uint8Array(17) }), /got 17/],
  };
  it.each(Object.keys(broken))('refuses %s', async (what) => {
    const [make, message] = broken[what]!;
    const decoding = decodeImage((await make()) as WebImage, LIMITS);
    await expect(decoding).rejects.toMatchObject({
      code: 'BAD_IMAGE',
      message: expect.stringMatching(message),
    });
  });

  it('says which address cannot be fetched', async () => {
    const decoding = decodeImage('/no/such.jpg?status', LIMITS);
    await expect(decoding).rejects.toThrow('/no/such.jpg?status');
  });

  it('stops when aborted', async () => {
    const decoding = decodeImage(await png(), LIMITS, { signal: AbortSignal.abort() });
    await expect(decoding).rejects.toMatchObject({ code: 'ABORTED' });
  });
});

/** The picture of {@link oriented}, lossless: one chunk VP8L. */
const QUARTERS = 'VlA4TCYAAAAvL8AHAB8wVVM1VfMfeHdQ07YRVJIleSTfzJ0j+j8BQmNmhY2ZAQ==';

function webpWith(exif: readonly number[]): Uint8Array<ArrayBuffer> {
  const text = (letters: string): number[] => [...letters].map((letter) => letter.charCodeAt(0));
  const pixels = text(atob(QUARTERS));
  const about = [0x08, 0, 0, 0, 47, 0, 0, 31, 0, 0]; // EXIF follows; width and height less one
  const chunks = [
    ...text('VP8X'),
    10,
    0,
    0,
    0,
    ...about,
    ...pixels,
    ...text('EXIF'),
    exif.length,
    0,
    0,
    0,
    ...exif,
  ];
  return Uint8Array.from([...text('RIFF'), 4 + chunks.length, 0, 0, 0, ...text('WEBP'), ...chunks]);
}

/** The greys of the four corners, coarsely, for JPEG changes them a little. */
const corners = ({ width, height, data }: Pixels): number[] =>
  [0, width - 1, width * (height - 1), width * height - 1].map((at) => Math.round(data[3 * at]! / 0x55));

/** The tag of the orientation alone, as a big-endian TIFF. */
const exifOf = (orientation: number): number[] => [
  ...new TextEncoder().encode('MM\0*'),
  ...[0, 0, 0, 8, 0, 1],
  ...[0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0],
];

/** A picture of 48 x 32 whose four quarters differ, with an orientation in its EXIF. */
async function oriented(type: 'image/jpeg' | 'image/webp', orientation: number): Promise<Blob> {
  const canvas = new OffscreenCanvas(48, 32);
  const context = canvas.getContext('2d')!;
  for (const [i, colour] of ['#000', '#555', '#aaa', '#fff'].entries()) {
    context.fillStyle = colour;
    context.fillRect(24 * (i % 2), 16 * Math.floor(i / 2), 24, 16);
  }
  const exif = exifOf(orientation);
  if (type === 'image/webp') return new Blob([webpWith(exif)], { type });
  const jpeg = new Uint8Array(await (await canvas.convertToBlob({ type })).arrayBuffer());
  const marker = [0xff, 0xe1, 0, 8 + exif.length, ...new TextEncoder().encode('Exif\0\0'), ...exif];
  return new Blob([jpeg.slice(0, 2), Uint8Array.from(marker), jpeg.slice(2)], { type });
}
