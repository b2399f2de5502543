import sharp from 'sharp';
import { expect, it } from 'vitest';
import { compress } from '../../../src/whole/augment/jpeg.js';

const size = 64;
const plane = size * size;

/** Smooth colours with an edge. */
const picture = Float32Array.from({ length: 3 * plane }, (_, i) => {
  const [c, y, x] = [Math.floor(i / plane), Math.floor((i % plane) / size), i % size];
  return 128 + 80 * Math.sin((x + 3 * c) / 7) * Math.cos(y / (5 + c)) + (x > 40 ? 30 : 0);
});

const meanDifference = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Array.from(a).reduce((sum, value, i) => sum + Math.abs(value - b[i]!), 0) / a.length;

it('does what libjpeg does without colour subsampling', async () => {
  const interleaved = Uint8Array.from({ length: 3 * plane }, (_, i) =>
    Math.round(picture[(i % 3) * plane + Math.floor(i / 3)]!),
  );
  const planar = Float32Array.from(picture, Math.round);
  const encoded = await sharp(interleaved, { raw: { width: size, height: size, channels: 3 } })
    .jpeg({ quality: 30, chromaSubsampling: '4:4:4' })
    .toBuffer();
  const decoded = await sharp(encoded).raw().toBuffer();
  const theirs = Array.from(planar, (_, i) => decoded[(i % plane) * 3 + Math.floor(i / plane)]!);
  const ours = planar.slice();
  compress(ours, size, 30);
  const damage = meanDifference(theirs, planar);
  expect(damage).toBeGreaterThan(1.5);
  expect(meanDifference(ours, planar)).toBeCloseTo(damage, 0);
  expect(meanDifference(ours, theirs)).toBeLessThan(damage / 3); // it rounds colours to whole numbers on the way
});
