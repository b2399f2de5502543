/** The photos of the benchmarks, encoded, made of the fixture's face: `{ jpeg, faces }` by name. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { randomFrom } from './crowd.mjs';

const root = join(import.meta.dirname, '../..');
const sharp = createRequire(join(root, 'packages/runtime-node/package.json'))('sharp');
const ASTRONAUT = join(root, 'fixtures/astronaut.png');

export const photos = async () => ({
  '512 x 512': { faces: 1, jpeg: await sharp(ASTRONAUT).jpeg({ quality: 92 }).toBuffer() },
  '2000 x 1000, seven faces': { faces: 7, jpeg: await sevenFaces() },
  '4000 x 4000': { faces: 1, jpeg: await largePhoto() },
});

/** Her picture seven times, in two rows. */
async function sevenFaces() {
  const input = await sharp(ASTRONAUT).resize(480).png().toBuffer();
  const composite = Array.from({ length: 7 }, (_, i) => ({
    input,
    left: 10 + (i % 4) * 500,
    top: 10 + Math.floor(i / 4) * 500,
  }));
  return asPhoto(sharp(await backgroundOf(2000, 1000)).composite(composite));
}

/** Her picture, of which the face is a fifth, on a background of a few colours. */
async function largePhoto() {
  const input = await sharp(ASTRONAUT).resize(1950).png().toBuffer();
  return asPhoto(sharp(await backgroundOf(4000, 4000)).composite([{ input, left: 900, top: 1000 }]));
}

async function backgroundOf(width, height) {
  const colours = await sharp(ASTRONAUT).resize(6, 6).png().toBuffer();
  return sharp(colours).resize(width, height, { fit: 'fill', kernel: 'cubic' }).png().toBuffer();
}

/** With a sensor's noise, without which a smooth picture decodes in less time than a photo. */
async function asPhoto(picture) {
  const { data, info } = await picture.removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const random = randomFrom(1);
  for (let i = 0; i < data.length; i += 1) {
    data[i] = Math.min(Math.max(data[i] + 9 * (random() + random() - 1), 0), 255);
  }
  return sharp(data, { raw: info }).jpeg({ quality: 90 }).toBuffer();
}
