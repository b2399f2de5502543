/**
 * Made-up photos with faces at known places: labelled faces of the validation splits, turned and softly blended into a
 * background of coarse and fine texture, then stored as JPEG. The same number always gives the same photo.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const require = createRequire(new URL('../../packages/runtime-node/package.json', import.meta.url));
const sharp = require('sharp');

/** [width, height] of the photos, in turn. */
const SIZES = [
  [640, 480],
  [512, 512],
  [800, 1200],
  [1920, 1080],
  [1600, 1200],
  [3000, 2000],
  [3024, 4032],
  [4000, 4000],
];

/** A face's side, as a share of the photo's longer side. */
const [LARGEST, SMALLEST] = [1 / 4, 1 / 40];

/** What is shown of a face's surroundings, in sides of the face. */
const SURROUNDINGS = 1.6;

/** Degrees to either side. */
const TURN = 25;

/** Background, hair and clothes of CelebAMask-HQ. */
const FACELESS = [0, 13, 18];

/** A generator of numbers from 0 to 1 (mulberry32). */
export function randomFrom(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** The faces of the validation splits that have a place: a picture, and the square about its face. */
export function readFaces(folder) {
  const faces = [];
  for (const set of ['celeba', 'landmarks68']) {
    const pictures = readTar(join(folder, set, 'val-000.tar'));
    for (const line of readFileSync(join(folder, set, 'val.jsonl'), 'utf8')
      .trim()
      .split('\n')) {
      const { image, width, box, points, faces: seen = 1 } = JSON.parse(line);
      if (seen === 1)
        faces.push({ picture: pictures.get(image), width, square: squareAbout(box ?? boxOf(points)) });
    }
  }
  return faces;
}

/** Encoded photos of the validation splits of `sets`, at most `count`, spread evenly over them. */
export function* readPhotos(folder, sets, count) {
  const lists = sets.map((set) => {
    const lines = readFileSync(join(folder, set, 'val.jsonl'), 'utf8')
      .trim()
      .split('\n');
    return {
      pictures: readTar(join(folder, set, 'val-000.tar')),
      images: lines.map((line) => JSON.parse(line).image),
    };
  });
  const total = lists.reduce((sum, { images }) => sum + images.length, 0);
  const step = Math.max(1, total / count);
  for (const { pictures, images } of lists) {
    for (let at = 0; at < images.length; at += step) {
      const picture = pictures.get(images[Math.floor(at)]);
      if (picture) yield picture;
    }
  }
}

/** Corners of labelled pictures that show no skin: hair, clothes and what stands behind. */
export async function readTextures(folder) {
  const members = readTar(join(folder, 'celebamask', 'val-000.tar'));
  const textures = [];
  for (const line of readFileSync(join(folder, 'celebamask', 'val.jsonl'), 'utf8')
    .trim()
    .split('\n')) {
    const { image, mask } = JSON.parse(line);
    for (const [left, top] of [0, 1, 2, 3].map((i) => [(i % 2) * 192, (i >> 1) * 192])) {
      const corner = { left, top, width: 64, height: 64 };
      const classes = await sharp(members.get(mask)).extract(corner).grayscale().raw().toBuffer();
      if (classes.every((value) => FACELESS.includes(value))) {
        textures.push(await sharp(members.get(image)).extract(corner).png().toBuffer());
      }
    }
  }
  return textures;
}

/** Landmarks leave out the forehead: the square reaches a little higher. */
function boxOf(points) {
  const [x, y] = [0, 1].map((axis) => points.filter((_, i) => i % 2 === axis));
  const [left, right, top, bottom] = [Math.min(...x), Math.max(...x), Math.min(...y), Math.max(...y)];
  return [left, top - 0.2 * (bottom - top), right, bottom];
}

function squareAbout([left, top, right, bottom]) {
  return { x: (left + right) / 2, y: (top + bottom) / 2, side: Math.max(right - left, bottom - top) };
}

function readTar(path) {
  const bytes = readFileSync(path);
  const members = new Map();
  for (let at = 0; bytes[at]; ) {
    const name = bytes.toString('utf8', at, at + 100).replace(/\0.*$/s, '');
    const size = Number.parseInt(bytes.toString('utf8', at + 124, at + 136), 8);
    members.set(name, bytes.subarray(at + 512, at + 512 + size));
    at += 512 + Math.ceil(size / 512) * 512;
  }
  return members;
}

/** Photo number `index`: { jpeg, width, height, truth }; truth are squares { x, y, side, reach } about the faces, seen within `reach`. */
export async function composePhoto({ faces, textures }, index) {
  const random = randomFrom(index + 1);
  const [width, height] = SIZES[index % SIZES.length];
  const longer = Math.max(width, height);
  const wanted = 1 + Math.floor(30 * random());
  const places = [];
  for (let tries = 0; places.length < wanted && tries < 3000; tries += 1) {
    const side = longer * LARGEST * (SMALLEST / LARGEST) ** random();
    const reach = Math.min(0.75 * side * SURROUNDINGS, Math.min(width, height) / 2);
    const x = reach + random() * (width - 2 * reach);
    const y = reach + random() * (height - 2 * reach);
    const apart = (other) => Math.hypot(x - other.x, y - other.y) > 0.8 * SURROUNDINGS * (side + other.side);
    if (places.every(apart)) places.push({ x, y, side });
  }
  const truth = [];
  const patches = [];
  for (const place of places) {
    const face = faces[Math.floor(random() * faces.length)];
    const angle = TURN * (2 * random() - 1);
    const light = 0.7 + 0.6 * random();
    const { input, side } = await makePatch(face, place.side, angle, light);
    const [left, top] = [Math.round(place.x - side / 2), Math.round(place.y - side / 2)];
    patches.push({ input, left, top });
    truth.push({ x: left + side / 2, y: top + side / 2, side: place.side, reach: side / 2 });
  }
  const raw = await sharp(await background(width, height, textures, random))
    .composite(patches)
    .removeAlpha()
    .raw()
    .toBuffer();
  for (let i = 0; i < raw.length; i += 1) {
    const value = raw[i] + 9 * (random() + random() - 1); // a sensor's noise
    raw[i] = Math.min(Math.max(value, 0), 255);
  }
  const jpeg = await sharp(raw, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 88 })
    .toBuffer();
  return { jpeg, width, height, truth };
}

/** The face with its surroundings, its middle in the patch's middle; the edges fade out. */
async function makePatch({ picture, width, square }, side, angle, light) {
  const half = Math.min(
    (square.side * SURROUNDINGS) / 2,
    square.x,
    square.y,
    width - square.x,
    width - square.y,
  );
  const region = { left: Math.round(square.x - half), top: Math.round(square.y - half) };
  const source = Math.min(Math.round(2 * half), width - region.left, width - region.top);
  const target = Math.round((source * side) / square.side);
  const mask = Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${target}" height="${target}"><defs><radialGradient id="g">` +
      '<stop offset="0.82" stop-color="#fff"/><stop offset="1" stop-color="#fff" stop-opacity="0"/></radialGradient></defs>' +
      `<rect width="100%" height="100%" fill="url(#g)"/></svg>`,
  );
  const faded = await sharp(picture)
    .extract({ ...region, width: source, height: source })
    .resize(target, target)
    .modulate({ brightness: light })
    .ensureAlpha()
    .composite([{ input: mask, blend: 'dest-in' }])
    .png({ compressionLevel: 1 })
    .toBuffer();
  const { data, info } = await sharp(faded)
    .rotate(angle, { background: '#0000' })
    .png({ compressionLevel: 1 })
    .toBuffer({ resolveWithObject: true });
  return { input: data, side: info.width };
}

/** Noise at several scales over a colour gradient, and shapes with sharp edges. */
async function background(width, height, textures, random) {
  const color = (alpha) => `rgba(${[0, 1, 2].map(() => Math.floor(255 * random())).join(',')},${alpha})`;
  const layers = [];
  for (const [cells, alpha] of [
    [6, 1],
    [40, 0.5],
    [300, 0.35],
  ]) {
    const columns = Math.max(2, Math.round((cells * width) / Math.max(width, height)));
    const rows = Math.max(2, Math.round((cells * height) / Math.max(width, height)));
    const data = Uint8Array.from({ length: columns * rows * 4 }, (_, i) =>
      i % 4 === 3 ? 255 * alpha : 40 + 175 * random(),
    );
    layers.push({
      input: await sharp(data, { raw: { width: columns, height: rows, channels: 4 } })
        .resize(width, height, { fit: 'fill', kernel: 'cubic' })
        .png({ compressionLevel: 1 })
        .toBuffer(),
    });
  }
  for (let i = 0; i < 30; i += 1) {
    const side = Math.round(Math.min(width, height) * (0.05 + 0.3 * random() ** 2));
    layers.push({
      input: await sharp(textures[Math.floor(random() * textures.length)])
        .resize(side, side)
        .toBuffer(),
      left: Math.floor(random() * (width - side)),
      top: Math.floor(random() * (height - side)),
    });
  }
  const shapes = Array.from({ length: 25 }, () => {
    const [x, y] = [random() * width, random() * height];
    const [w, h] = [random() ** 2 * 0.3 * width, random() ** 2 * 0.3 * height];
    return random() < 0.5
      ? `<rect x="${x}" y="${y}" width="${w}" height="${h}" fill="${color(0.6)}" transform="rotate(${90 * random()} ${x} ${y})"/>`
      : `<ellipse cx="${x}" cy="${y}" rx="${w / 2}" ry="${h / 2}" fill="${color(0.6)}"/>`;
  });
  const drawn = Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${shapes.join('')}</svg>`,
  );
  return sharp({ create: { width, height, channels: 3, background: '#777' } })
    .composite([...layers, { input: drawn }])
    .removeAlpha()
    .png({ compressionLevel: 1 })
    .toBuffer();
}
