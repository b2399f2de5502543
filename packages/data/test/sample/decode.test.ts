import type { Pixels } from '@facexformer/core';
import { FaceXFormerError } from '@facexformer/core';
import { expect, it } from 'vitest';
import { decodeLabels, decodePhoto } from '../../src/sample/decode.js';
import type { MaskLayer, Sample } from '../../src/sample/sample.js';

/** Takes the bytes of a picture for the grey values of its one row. */
const runtime = {
  decode: async (image: string | Uint8Array): Promise<Pixels> => {
    if (typeof image === 'string') throw new FaceXFormerError('BAD_IMAGE', 'broken');
    return { width: image.length, height: 1, data: Uint8Array.from([...image].flatMap((x) => [x, x, x])) };
  },
};
const sampleOf = (...parsing: readonly MaskLayer[]): Sample => ({
  name: 'a.png',
  set: 'mine',
  image: 'a.png',
  labels: { age: 3 },
  masks: { parsing },
});
const layer = (classOf: MaskLayer['classOf'], ...values: readonly number[]): MaskLayer => ({
  image: Uint8Array.from(values),
  classOf,
});

it('lays mask layers over each other, background beneath', async () => {
  const table = [0, 1, 6];
  const one = sampleOf(layer((value) => table[value] ?? 255, 0, 2, 9));
  expect(await decodeLabels(one, runtime)).toEqual({
    age: 3,
    parsing: { width: 3, height: 1, data: Uint8Array.of(0, 6, 255) },
  });
  const part = (label: number) => (value: number) => (value > 0 ? label : undefined);
  const two = sampleOf(layer(part(1), 255, 255, 0), layer(part(6), 0, 255, 0));
  expect(await decodeLabels(two, runtime)).toMatchObject({ parsing: { data: Uint8Array.of(1, 6, 0) } });
});

it('refuses layers of different sizes', async () => {
  const odd = sampleOf(
    layer(() => 1, 1),
    layer(() => 1, 1, 2),
  );
  await expect(decodeLabels(odd, runtime)).rejects.toThrow('a.png of mine have different sizes');
});

it('names the photo that is broken', async () => {
  await expect(decodePhoto(sampleOf(), runtime)).rejects.toMatchObject({
    code: 'BAD_IMAGE',
    message: 'photo a.png of mine: broken',
  });
});
