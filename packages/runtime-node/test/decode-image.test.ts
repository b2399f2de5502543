import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { runInNewContext } from 'node:vm';
import { crc32 } from 'node:zlib';
import type { Pixels } from '@facexformer/core';
import { resizeBicubic } from '@facexformer/core/image';
import { testImage } from '@facexformer/test-utils/portable-image';
import sharp from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';
import { type NodeImage, nodeRuntime } from '../src/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'fxf-decode-'));
afterAll(() => rmSync(folder, { recursive: true }));
const place = (name: string): string => join(folder, name);

const { decode } = nodeRuntime({ device: 'cpu' });
const code = (expected: string) => expect.objectContaining({ code: expected });

const photo = testImage(7, 40, 30);
const raw = { raw: { width: 40, height: 30, channels: 3 } } as const;
const picture = () => sharp(photo.data, raw);
const flat = (width: number, height: number, background: string) =>
  sharp({ create: { width, height, channels: 4, background } });

const at = ({ width, data }: Pixels, x: number, y: number): number[] => [
  ...data.subarray((y * width + x) * 3, (y * width + x) * 3 + 3),
];
const near = (actual: readonly number[], expected: readonly number[], tolerance: number): void => {
  expect(actual).toHaveLength(3);
  actual.forEach((value, i) => {
    expect(Math.abs(value - expected[i]!), `${actual} for ${expected}`).toBeLessThanOrEqual(tolerance);
  });
};

describe('decode: where a picture comes from', async () => {
  const png = await picture().png().toBuffer();
  writeFileSync(place('photo.png'), png);
  const sources: [string, NodeImage][] = [
    ['a path', place('photo.png')],
    ['a URL', pathToFileURL(place('photo.png'))],
    ['a URL as text', pathToFileURL(place('photo.png')).href],
    ['a Buffer', png],
    ['a view', new Uint8Array([0, 0, ...png, 0]).subarray(2, png.length + 2)],
    ['an ArrayBuffer', new Uint8Array(png).buffer],
  ];
  it.each(sources)('%s', async (_, image) => {
    const pixels = await decode(image);
    expect([pixels.width, pixels.height]).toEqual([40, 30]);
    expect(Buffer.from(pixels.data).equals(photo.data)).toBe(true);
  });

  it('takes bytes and pixels of another realm', async () => {
    const Foreign: Uint8ArrayConstructor = runInNewContext('Uint8Array');
    const foreign = Foreign.from(png);
    expect(foreign).not.toBeInstanceOf(Uint8Array);
    for (const image of [foreign, foreign.buffer]) expect((await decode(image)).width).toBe(40);
    const pixels = { ...photo, data: Foreign.from(photo.data) };
    expect(await decode(pixels)).toBe(pixels);
  });

  it('takes pixels as they are', async () => {
    expect(await decode(photo)).toBe(photo);
    await expect(decode({ ...photo, width: 41 })).rejects.toEqual(code('BAD_IMAGE'));
  });
});

describe('decode: what a picture holds', () => {
  it('turns it upright by its EXIF orientation', async () => {
    // Orientation 6: the stored picture has to be turned clockwise; its bottom-left corner comes to the top left.
    const stored = await picture().withMetadata({ orientation: 6 }).png().toBuffer();
    const pixels = await decode(stored);
    expect([pixels.width, pixels.height]).toEqual([30, 40]);
    expect(at(pixels, 0, 0)).toEqual(at(photo, 0, 29));
    expect(at(pixels, 29, 0)).toEqual(at(photo, 0, 0));
    expect(at(pixels, 29, 39)).toEqual(at(photo, 39, 0));
  });

  it('lays transparency on white', async () => {
    const pixels = await decode(await flat(3, 3, 'rgba(255, 0, 0, 0.5)').png().toBuffer());
    near(at(pixels, 1, 1), [255, 127, 127], 1);
    near(at(await decode(await flat(2, 2, 'rgba(9, 9, 9, 0)').webp().toBuffer()), 0, 0), [255, 255, 255], 0);
  });

  it('widens grey, with and without alpha', async () => {
    const grey = await flat(4, 4, 'rgb(90, 90, 90)').flatten().toColourspace('b-w').png().toBuffer();
    expect((await sharp(grey).metadata()).channels).toBe(1);
    near(at(await decode(grey), 2, 2), [90, 90, 90], 0);
    const alpha = await flat(4, 4, 'rgba(0, 0, 0, 0.5)').toColourspace('b-w').png().toBuffer();
    expect((await sharp(alpha).metadata()).channels).toBe(2);
    near(at(await decode(alpha), 2, 2), [127, 127, 127], 1);
  });

  it('brings 16 bits to 8', async () => {
    const deep = await picture().toColourspace('rgb16').png().toBuffer();
    expect((await sharp(deep).metadata()).depth).toBe('ushort');
    const pixels = await decode(deep);
    for (const [x, y] of [
      [0, 0],
      [20, 15],
      [39, 29],
    ] as const)
      near(at(pixels, x, y), at(photo, x, y), 1);
    const grey = await picture().toColourspace('grey16').png().toBuffer();
    expect((await sharp(grey).metadata()).depth).toBe('ushort');
    expect((await decode(grey)).data).toHaveLength(3600);
    const clear = await flat(4, 4, 'rgba(255, 0, 0, 0.5)').toColourspace('rgb16').png().toBuffer();
    expect(await sharp(clear).metadata()).toMatchObject({ depth: 'ushort', channels: 4 });
    near(at(await decode(clear), 2, 2), [255, 127, 127], 1);
  });

  it('converts CMYK', async () => {
    const cmyk = await flat(8, 8, 'rgb(170, 120, 100)')
      .flatten()
      .toColourspace('cmyk')
      .jpeg({ quality: 100 })
      .toBuffer();
    expect((await sharp(cmyk).metadata()).space).toBe('cmyk');
    near(at(await decode(cmyk), 4, 4), [170, 120, 100], 8);
  });

  it('takes the first frame of an animation', async () => {
    const frames = Buffer.concat([Buffer.alloc(300, 10), Buffer.alloc(300, 200)]);
    const animation = sharp(frames, { raw: { width: 10, height: 20, channels: 3, pageHeight: 10 } });
    for (const encoded of [
      await animation.clone().gif().toBuffer(),
      await animation.webp({ lossless: true }).toBuffer(),
    ]) {
      expect((await sharp(encoded).metadata()).pages).toBe(2);
      const pixels = await decode(encoded);
      expect([pixels.width, pixels.height]).toEqual([10, 10]);
      near(at(pixels, 5, 5), [10, 10, 10], 1);
    }
  });

  it.each(['jpeg', 'tiff', 'avif', 'webp', 'gif'] as const)('reads %s', async (format) => {
    const encoded = await flat(16, 16, 'rgb(200, 60, 40)').flatten().toFormat(format).toBuffer();
    near(at(await decode(encoded), 8, 8), [200, 60, 40], 6);
  });
});

/** A TIFF of one grey pixel in 32 bits. */
function deepTiff(sampleFormat: number): Buffer {
  const tags = [256, 1, 257, 1, 258, 32, 259, 1, 262, 1, 273, 134, 277, 1, 278, 1, 279, 4, 339, sampleFormat];
  const bytes = Buffer.alloc(138);
  bytes.write('II*\0\x08', 'latin1');
  bytes.writeUInt16LE(tags.length / 2, 8);
  for (let i = 0; i < tags.length; i += 2) {
    const at = 10 + 6 * i; // a tag, the kind "short", one value
    for (const [k, value] of [tags[i]!, 3, 1, 0, tags[i + 1]!].entries())
      bytes.writeUInt16LE(value, at + 2 * k);
  }
  return bytes;
}

describe('decode: a photo of which fewer pixels are enough', () => {
  const large = (orientation: number) =>
    picture().resize(1600, 1200).withMetadata({ orientation }).jpeg({ quality: 95 }).toBuffer();

  it('gives a large JPEG smaller, upright, and says how large it is', async () => {
    const whole = await decode(await large(1));
    const small = await decode(await large(1), { enough: 400 });
    expect([small.width, small.height, small.reducedFrom]).toEqual([400, 300, { width: 1600, height: 1200 }]);
    const expected = resizeBicubic(whole, { width: 400, height: 300 }).data;
    const apart = Array.from(small.data).reduce((sum, value, i) => sum + Math.abs(value - expected[i]!), 0);
    expect(apart / expected.length).toBeLessThan(0.7);
    const turned = await decode(await large(6), { enough: 400 });
    expect([turned.width, turned.height, turned.reducedFrom]).toEqual([
      300,
      400,
      { width: 1200, height: 1600 },
    ]);
  });

  it('leaves others as they are', async () => {
    for (const [bytes, enough] of [
      [await large(1), 534], // not three times as large
      [await picture().resize(1600, 1200).png().toBuffer(), 400],
    ] as const) {
      const { width, reducedFrom } = await decode(bytes, { enough });
      expect([width, reducedFrom]).toEqual([1600, undefined]);
    }
  });

  it.each([0, -5, 0.5, Number.NaN])(
    'refuses %d pixels as enough, and does not blame the photo',
    async (enough) => {
      await expect(decode(await large(1), { enough })).rejects.toEqual(code('BAD_OPTION'));
    },
  );

  it.each([false, true])('refuses one that was cut (progressive: %j)', async (progressive) => {
    const whole = await picture().resize(1600, 1200).jpeg({ progressive }).toBuffer();
    for (const part of [0.3, 0.95]) {
      const cut = Buffer.concat([whole.subarray(0, whole.length * part), Buffer.of(0xff, 0xd9)]);
      await expect(decode(cut, { enough: 400 })).rejects.toEqual(code('BAD_IMAGE'));
    }
  });
});

it('decode: gives the memory of pictures back', async () => {
  const jpeg = await picture().resize(1200, 1000).jpeg().toBuffer();
  await decode(jpeg);
  const before = process.memoryUsage.rss();
  for (let i = 0; i < 200; i += 1) await decode(jpeg); // 3.6 MB each
  expect((process.memoryUsage.rss() - before) / 2 ** 20).toBeLessThan(300);
});

describe('decode: what it refuses', async () => {
  const jpeg = await picture().resize(400, 300).jpeg().toBuffer();
  const png = await picture().png().toBuffer();
  const broken = Buffer.from(png);
  broken.fill(0xaa, 60, 400);
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="file:///etc/passwd"/></svg>';
  const bad: [string, Uint8Array][] = [
    ['an empty file', new Uint8Array(0)],
    ['text', Buffer.from('this is not a picture')],
    ['one byte', Uint8Array.of(0xff)],
    ['a truncated JPEG', jpeg.subarray(0, jpeg.length >> 1)],
    ['a JPEG header alone', jpeg.subarray(0, 20)],
    ['a truncated PNG', png.subarray(0, png.length >> 1)],
    ['a damaged PNG', broken],
    ['an SVG with a reference', Buffer.from(svg)],
    ['an SVG behind an XML declaration', Buffer.from(`<?xml version="1.0"?>${svg}`)],
    ['a PDF', Buffer.from('%PDF-1.7\n1 0 obj\n')],
    ['an MP4 film', Buffer.from('\0\0\0\x18ftypmp42\0\0\0\0mp42isom', 'latin1')],
  ];
  it.each(bad)('%s', async (name, bytes) => {
    const path = place(`${name.replaceAll(' ', '-')}.jpg`);
    writeFileSync(path, bytes);
    await expect(decode(bytes)).rejects.toEqual(code('BAD_IMAGE'));
    await expect(decode(path)).rejects.toMatchObject({
      code: 'BAD_IMAGE',
      message: expect.stringContaining(path),
    });
  });

  it('HEIC, saying what to do', async () => {
    const heic = Buffer.from('\0\0\0\x18ftypmif1\0\0\0\0mif1heic', 'latin1');
    await expect(decode(heic)).rejects.toMatchObject({
      code: 'UNSUPPORTED',
      message: expect.stringContaining('convert it to JPEG'),
    });
  });

  it.each([
    ['uint', 1],
    ['int', 2],
    ['float', 3],
  ])('a TIFF of 32-bit %s, whose range nobody states', async (depth, sampleFormat) => {
    const bytes = deepTiff(sampleFormat);
    expect((await sharp(bytes).metadata()).depth).toBe(depth);
    await expect(decode(bytes)).rejects.toMatchObject({
      code: 'UNSUPPORTED',
      message: expect.stringContaining('8 or 16 bits'),
    });
  });

  it.each([
    [false, 0.3],
    [false, 0.5],
    [false, 0.9],
    [true, 0.3],
    [true, 0.5],
    [true, 0.9],
  ])('a JPEG (progressive: %j) of which %d are there, closed by an end marker', async (progressive, part) => {
    const whole = await picture().resize(400, 300).jpeg({ progressive }).toBuffer();
    const cut = Buffer.concat([whole.subarray(0, whole.length * part), Buffer.of(0xff, 0xd9)]);
    await expect(decode(cut)).rejects.toEqual(code('BAD_IMAGE'));
    expect((await decode(whole)).width).toBe(400);
  });

  it('no JPEG of which a decoder merely warns', async () => {
    const second = 4 + jpeg.readUInt16BE(4); // behind the first marker, its length included
    const padded = Buffer.concat([jpeg.subarray(0, second), Buffer.from('extra'), jpeg.subarray(second)]);
    await expect(sharp(padded, { failOn: 'warning' }).raw().toBuffer()).rejects.toThrow('extraneous');
    expect((await decode(padded)).width).toBe(400);
  });

  it.each([
    [65_536, 1],
    [1, 65_536],
    [99_999_999, 1],
  ])('a PNG of %d x %d', async (width, height) => {
    const long = Buffer.from(png);
    long.writeUInt32BE(width, 16);
    long.writeUInt32BE(height, 20);
    long.writeUInt32BE(crc32(long.subarray(12, 29)), 29);
    await expect(decode(long)).rejects.toMatchObject({
      code: 'BAD_IMAGE',
      message: expect.stringContaining('a side may have 65535'),
    });
  });

  it('pictures in a text, without repeating them', async () => {
    const base64 = png.toString('base64');
    for (const [text, expected] of [
      [`data:image/png;base64,${base64}`, 'UNSUPPORTED'],
      [base64, 'NOT_FOUND'],
      [`https://example.com/${base64}`, 'UNSUPPORTED'],
      ['file:/x?', 'NOT_FOUND'],
    ] as const) {
      const error: unknown = await decode(text).catch((reason: unknown) => reason);
      expect(error).toEqual(code(expected));
      const { message } = error as Error;
      expect(message.length).toBeLessThan(200);
      expect(message).not.toContain(base64.slice(0, 40));
    }
  });

  it('missing files, folders, addresses and other things', async () => {
    mkdirSync(place('folder.png'));
    await expect(decode(place('none.png'))).rejects.toEqual(code('NOT_FOUND'));
    await expect(decode(place('folder.png'))).rejects.toMatchObject({
      code: 'BAD_IMAGE',
      message: expect.stringContaining('folder'),
    });
    symlinkSync('ring.png', place('ring.png'));
    await expect(decode(place('ring.png'))).rejects.toThrow('ring.png cannot be read');
    await expect(decode('https://example.com/a.png')).rejects.toEqual(code('UNSUPPORTED'));
    await expect(decode(new URL('https://example.com/a.png'))).rejects.toEqual(code('UNSUPPORTED'));
    await expect(decode('https://me:hush@example.com/a.png')).rejects.toThrow(/^https:\/\/example\.com/);
    for (const nothing of [null, undefined, 7, {}, []]) {
      await expect(decode(nothing as unknown as NodeImage)).rejects.toEqual(code('BAD_IMAGE'));
    }
  });

  it('more pixels or bytes than allowed', async () => {
    const small = nodeRuntime({ device: 'cpu', maxPixels: 1199, maxBytes: png.length });
    await expect(small.decode(png)).rejects.toMatchObject({
      code: 'BAD_IMAGE',
      message: expect.stringContaining('1199 pixels'),
    });
    writeFileSync(place('long.png'), Buffer.concat([png, Buffer.alloc(1)]));
    for (const long of [place('long.png'), Buffer.concat([png, Buffer.alloc(1)])]) {
      await expect(small.decode(long)).rejects.toMatchObject({
        code: 'BAD_IMAGE',
        message: expect.stringContaining('maxBytes'),
      });
    }
    expect((await nodeRuntime({ maxPixels: 1200, maxBytes: png.length }).decode(png)).width).toBe(40);
  });

  it('a PNG that claims to be enormous', async () => {
    const bomb = Buffer.from(png);
    bomb.writeUInt32BE(100_000, 16);
    bomb.writeUInt32BE(100_000, 20);
    await expect(decode(bomb)).rejects.toEqual(code('BAD_IMAGE'));
  });

  it('work that was aborted', async () => {
    await expect(decode(png, { signal: AbortSignal.abort() })).rejects.toEqual(code('ABORTED'));
    const controller = new AbortController();
    const decoding = decode(png, { signal: controller.signal });
    controller.abort();
    await expect(decoding).rejects.toEqual(code('ABORTED'));
  });
});
