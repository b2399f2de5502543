/** Validation photos as every library gets them, and what people said about them. */
import { createRequire } from 'node:module';
import { readSet } from '@facexformer/data';

const require = createRequire(new URL('../../packages/runtime-node/package.json', import.meta.url));
const sharp = require('sharp');

/** What a photo is scaled to, in pixels; FER+ has 48. */
const SIDE = 200;

/**
 * Grey margins, as shares of the side. These photos are cut close to the face, detectors differ in how much more they
 * expect around one, and nobody should fail for that: whoever finds no face in the first view gets the next.
 */
const MARGINS = [1, 0.5, 0.25];
const GREY = '#808080';

/**
 * About `count` photos of a set, evenly spread over its val split; only those with an answer.
 * @returns a list of views `{ pixels, truth: { age?, female?, expression?, points? } }`, one photo after the other
 */
export async function* photosOf(faces, set, count) {
  const { samples } = await readSet(faces, set, 'val');
  const told = [];
  for await (const sample of samples()) {
    if (set !== 'ferplus' || sample.labels.expression !== undefined) told.push(sample);
  }
  const chosen = Math.min(count, told.length);
  for (let i = 0; i < chosen; i += 1) yield viewsOf(told[Math.floor((i * told.length) / chosen)]);
}

async function viewsOf({ image, labels }) {
  const { width } = await sharp(image).metadata(); // all are square
  const picture = await sharp(image)
    .resize(SIDE, SIDE, { kernel: 'cubic' })
    .removeAlpha()
    .toColourspace('srgb')
    .png()
    .toBuffer();
  return Promise.all(
    MARGINS.map(async (margin) => {
      const border = Math.round(SIDE * margin);
      const { data, info } = await sharp(picture)
        .extend({ top: border, bottom: border, left: border, right: border, background: GREY })
        .removeAlpha()
        .raw()
        .toBuffer({ resolveWithObject: true });
      return {
        pixels: { width: info.width, height: info.height, data: new Uint8Array(data) },
        truth: truthOf(labels, (value) => ((value + 0.5) * SIDE) / width - 0.5 + border),
      };
    }),
  );
}

const truthOf = ({ age, gender, expression, landmarks }, move) => ({
  ...(age !== undefined && { age }),
  ...(gender !== undefined && { female: gender === 'female' }),
  ...(expression !== undefined && { expression }),
  ...(landmarks && {
    points: Array.from({ length: landmarks.length / 2 }, (_, i) => [
      move(landmarks[2 * i]),
      move(landmarks[2 * i + 1]),
    ]),
  }),
});
