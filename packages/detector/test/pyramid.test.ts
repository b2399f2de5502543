import { expect, test } from 'vitest';
import { pyramid, sampleWindow } from '../src/pyramid.ts';
import { astronaut, sharp } from './photo.ts';

test('a window at full resolution is the photo, and black outside it', () => {
  const data = Uint8Array.from({ length: 4 * 3 * 3 }, (_, i) => i * 7);
  const target = new Float32Array(3 * 36);
  sampleWindow(pyramid({ width: 4, height: 3, data }), { x: -1, y: -1, side: 6 }, 6, target, 0);
  for (let y = 0; y < 6; y++) {
    for (let x = 0; x < 6; x++) {
      const inside = x >= 1 && x < 5 && y >= 1 && y < 4;
      const expected = inside ? data[((y - 1) * 4 + x - 1) * 3 + 2]! / 127.5 - 1 : -1;
      expect(target[2 * 36 + y * 6 + x]).toBeCloseTo(expected, 5);
    }
  }
});

test('shrinking comes close to libvips', async () => {
  const [width, side] = [astronaut.width, 96];
  const raw = { raw: { width, height: astronaut.height, channels: 3 } };
  const theirs: Buffer = await sharp(astronaut.data, raw)
    .resize(side, side, { kernel: 'linear' })
    .raw()
    .toBuffer();
  const target = new Float32Array(3 * side * side);
  sampleWindow(pyramid(astronaut), { x: 0, y: 0, side: width }, side, target, 0);
  let total = 0;
  for (const [i, value] of theirs.entries()) {
    total += Math.abs((target[(i % 3) * side * side + Math.floor(i / 3)]! + 1) * 127.5 - value);
  }
  expect(total / theirs.length).toBeLessThan(3); // of 255
});
