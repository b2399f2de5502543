import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fixtureUrl } from '@facexformer/test-utils/fixture-url';
import { testImage } from '@facexformer/test-utils/portable-image';
import { describe, expect, it } from 'vitest';
import type { Pixels } from '../../src/image/pixels.ts';
import { resizeBicubic } from '../../src/image/resize.ts';

const file = (name: string): URL => fixtureUrl(name);
const sha256 = (data: Pixels['data']): string => createHash('sha256').update(data).digest('hex');

/** Pillow 9.4, by the authors' preprocessing: `reference/fixture/preprocess`. */
const { cases } = JSON.parse(readFileSync(file('preprocess.json'), 'utf8')) as {
  cases: Record<string, { seed: number; w: number; h: number; src_sha256: string; out_sha256: string }>;
};
const stored = readFileSync(file('preprocess.safetensors'));
const headerLength = Number(stored.readBigUInt64LE(0));
const header = JSON.parse(stored.toString('utf8', 8, 8 + headerLength)) as Record<
  string,
  { data_offsets: [number, number] }
>;
const bytesOf = (name: string): Uint8Array => {
  const [start, end] = header[name]!.data_offsets;
  return stored.subarray(8 + headerLength + start, 8 + headerLength + end);
};

/** Pillow 12.3, `Image.fromarray(test_image(seed, w, h)).crop(crop).resize(size, BICUBIC)`; edges padded by numpy. */
const pillow: readonly [
  seed: number,
  photo: [number, number],
  size: [number, number],
  crop: [number, number, number, number] | undefined,
  sha256: string,
][] = [
  [1, [37, 53], [101, 17], undefined, 'b45f86ad034c29219ebf0ee37bb2d411b031fe94f2f2937e436cac855a2e31c5'],
  [2, [211, 97], [211, 31], undefined, 'b95bfa9afd3a6579b2daa459ca72adeee8208ab2d5c4dc0b9bd585824dbc4e3e'],
  [3, [64, 64], [7, 64], undefined, '197d53af94ae2f26e6da30cfcba037f980bf555f08dd4659060848ce7e91e6ae'],
  [4, [5, 3], [50, 41], undefined, '50c9e606ca3d0172778cc417e988613a7f92dda2bb145ddf7e5361de3524add8'],
  [6, [1, 1], [4, 3], undefined, '8dbc30a8c62775731c753f58538a4cd345bb168452cb51821c33db4f1deb6a68'],
  [7, [3, 200], [2, 1], undefined, '84e69955344759526109203617f99605e947652c17ca3b6f1cb16bafb4652848'],
  [
    8,
    [400, 300],
    [224, 224],
    [31, 17, 333, 270],
    'ca9f19c1dbf601c4b1cae896c62499ce8ae77f2018cec5acde38d6cb08201849',
  ],
  [
    12,
    [120, 90],
    [96, 96],
    [110, 80, 10, 10],
    '8b55769174a98866bc355c465d50896fb90c06b2fb78b28a891d75c40614f2ca',
  ],
  [
    13,
    [640, 480],
    [112, 112],
    [0, 1, 639, 479],
    '073b3e21c105ea8cf43f2a614ae2716de417b3387cd14f5ee733d55371ffe96a',
  ],
  [
    14,
    [60, 40],
    [48, 48],
    [-13, -20, 80, 80],
    '370687be913d87672fd9411cf6d43dba6e826db2f3e02c91b50a2be2d12a7815',
  ],
  [
    15,
    [33, 44],
    [64, 64],
    [20, 30, 25, 25],
    'd2c7abcb5a7b1a61df66af4147d976034739944018a88f2d6fc861d95d6be255',
  ],
  [
    16,
    [9, 9],
    [24, 24],
    [-30, -30, 70, 70],
    '670d305323936bb9f380672f4fa9cade0d6243038411d90ba0e626b5197adf7c',
  ],
];

describe('resizeBicubic', () => {
  it.each(Object.entries(cases))('equals the fixture %s', (name, { seed, w, h, src_sha256, out_sha256 }) => {
    const source = testImage(seed, w, h);
    expect(sha256(source.data)).toBe(src_sha256);
    const { data } = resizeBicubic(source, { width: 224, height: 224 });
    expect(sha256(data)).toBe(out_sha256);
    const whole = header[`${name}.resized_u8`];
    if (whole) expect(Buffer.from(data).equals(bytesOf(`${name}.resized_u8`))).toBe(true);
  });

  it.each(pillow)(
    'equals Pillow: seed %i, %j to %j, crop %j',
    (seed, [w, h], [width, height], crop, hash) => {
      const box = crop && { x: crop[0], y: crop[1], width: crop[2], height: crop[3] };
      const scaled = resizeBicubic(testImage(seed, w, h), { width, height }, box);
      expect([scaled.width, scaled.height, scaled.data.length]).toEqual([width, height, width * height * 3]);
      expect(sha256(scaled.data)).toBe(hash);
    },
  );

  it('reads nothing outside the crop', () => {
    const photo = testImage(2, 50, 40);
    const crop = { x: 10, y: 8, width: 20, height: 21 };
    const before = resizeBicubic(photo, { width: 30, height: 10 }, crop).data;
    for (let y = 0; y < 40; y++) {
      for (let x = 0; x < 50; x++) {
        const inside = x >= 10 && x < 30 && y >= 8 && y < 29;
        if (!inside) photo.data.fill(255, (y * 50 + x) * 3, (y * 50 + x + 1) * 3);
      }
    }
    expect(resizeBicubic(photo, { width: 30, height: 10 }, crop).data).toEqual(before);
  });

  it.each([
    [{ width: 0, height: 5 }, undefined],
    [{ width: 5.5, height: 5 }, undefined],
    [{ width: Number.NaN, height: 5 }, undefined],
    [{ width: 1e9, height: 5 }, undefined],
    [
      { width: 5, height: 5 },
      { x: 0, y: 0, width: 0, height: 3 },
    ],
    [
      { width: 5, height: 5 },
      { x: 0.5, y: 0, width: 3, height: 3 },
    ],
    [
      { width: 5, height: 5 },
      { x: 0, y: Number.NaN, width: 3, height: 3 },
    ],
    [
      { width: 5, height: 5 },
      { x: 0, y: 0, width: Number.POSITIVE_INFINITY, height: 3 },
    ],
  ])('refuses size %j of crop %j', (size, crop) => {
    expect(() => resizeBicubic(testImage(1, 8, 8), size, crop)).toThrow(
      expect.objectContaining({ code: 'BAD_OPTION' }),
    );
  });

  it('refuses pixels that do not fill their size', () => {
    const pixels = { width: 4, height: 4, data: new Uint8Array(47) };
    expect(() => resizeBicubic(pixels, { width: 2, height: 2 })).toThrow(
      expect.objectContaining({ code: 'BAD_IMAGE' }),
    );
  });
});
