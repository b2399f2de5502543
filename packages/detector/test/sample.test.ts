import { expect, test } from 'vitest';
import { sampleWindow } from '../src/sample.ts';
import { astronaut, sharp } from './photo.ts';

test('a window at full resolution is the photo, and black outside it', () => {
  const data = Uint8Array.from({ length: 4 * 3 * 3 }, (_, i) => i * 7);
  const target = new Float32Array(3 * 36);
  sampleWindow({ width: 4, height: 3, data }, { x: -1, y: -1, scale: 1, width: 6, height: 6 }, target, 0);
  for (let y = 0; y < 6; y++) {
    for (let x = 0; x < 6; x++) {
      const inside = x >= 1 && x < 5 && y >= 1 && y < 4;
      const expected = inside ? data[((y - 1) * 4 + x - 1) * 3 + 2]! / 127.5 - 1 : -1;
      expect(target[2 * 36 + y * 6 + x]).toBeCloseTo(expected, 5);
    }
  }
});

test('shrinking five times comes close to libvips, which averages all pixels', async () => {
  const [width, side] = [astronaut.width, 96];
  const raw = { raw: { width, height: astronaut.height, channels: 3 } };
  const theirs: Buffer = await sharp(astronaut.data, raw)
    .resize(side, side, { kernel: 'linear' })
    .raw()
    .toBuffer();
  const target = new Float32Array(3 * side * side);
  sampleWindow(astronaut, { x: 0, y: 0, scale: width / side, width: side, height: side }, target, 0);
  let total = 0;
  for (const [i, value] of theirs.entries()) {
    total += Math.abs((target[(i % 3) * side * side + Math.floor(i / 3)]! + 1) * 127.5 - value);
  }
  expect(total / theirs.length).toBeLessThan(5); // of 255
});
