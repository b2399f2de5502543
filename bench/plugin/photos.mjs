/**
 * Photos with and without eyeglasses as files, a folder per label: `train` (500 of celeba's train split, labels of its
 * attribute 15) and `test` (celebamask, labels read off its masks: photos that have no attribute labels).
 * They are research data: write them to a temporary folder and never commit them.
 *
 * usage: node bench/plugin/photos.mjs <shared/faces> <folder> [photos, 500] [share with eyeglasses, 0.5]
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { importTypeScript } from '../typescript.mjs';

const sharp = createRequire(new URL('../../packages/runtime-node/package.json', import.meta.url))('sharp');

/** Of CelebA's attributes, and of CelebAMask's classes. */
const ATTRIBUTE = 15;
const MASK_CLASS = 3;
/** Share of a mask's pixels from which a photo counts as one with eyeglasses. */
const VISIBLE = 0.005;

const [faces, folder, count = '500', share = '0.5'] = process.argv.slice(2);
if (!faces || !folder) {
  console.error(
    'usage: node bench/plugin/photos.mjs <shared/faces> <folder> [photos] [share with eyeglasses]',
  );
  process.exit(2);
}
const { readTar } = await importTypeScript('packages/data/src/archive/tar.ts');
rmSync(folder, { recursive: true, force: true });

function* records(set, split) {
  const shards = new Map();
  for (const line of readFileSync(join(faces, set, `${split}.jsonl`), 'utf8')
    .trim()
    .split('\n')) {
    const record = JSON.parse(line);
    const { shard } = record;
    if (!shards.has(shard)) shards.set(shard, readTar(readFileSync(join(faces, set, shard)), shard));
    yield { ...record, files: shards.get(shard) };
  }
}

function write(split, label, name, bytes) {
  const target = join(folder, split, label);
  mkdirSync(target, { recursive: true });
  writeFileSync(join(target, name.replaceAll('/', '_')), bytes);
}

const left = { with: Math.round(count * share), without: Math.round(count * (1 - share)) };
for (const { image, attributes, files } of records('celeba', 'train')) {
  const label = attributes[ATTRIBUTE] === 1 ? 'with' : 'without';
  if (left[label] < 1) continue;
  left[label] -= 1;
  write('train', label, image, files.get(image));
}
for (const split of ['train', 'val']) {
  for (const { image, mask, files } of records('celebamask', split)) {
    const pixels = await sharp(files.get(mask)).toColourspace('b-w').raw().toBuffer();
    const part = pixels.reduce((sum, value) => sum + Number(value === MASK_CLASS), 0) / pixels.length;
    if (part > 0 && part < VISIBLE) continue; // too little to judge by
    write('test', part > 0 ? 'with' : 'without', `${split}-${image}`, files.get(image));
  }
}
