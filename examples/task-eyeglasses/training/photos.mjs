/**
 * Photos of CelebA with and without eyeglasses, as `photos/README.md` says: 250 of each, and nobody is in two splits.
 * Reads the labelled faces of the folder that FACES names (`celeba/train.jsonl` and its tar archives); without it, the
 * folder `shared/faces` beside the repository. Research data: git ignores the photos, and they must stay at home.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Number of "Eyeglasses" among CelebA's attributes. */
const ATTRIBUTE = 15;
const EACH = 250;

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const celeba = join(process.env.FACES ?? here('../../../../shared/faces'), 'celeba');
const photos = here('../photos');
if (!existsSync(celeba)) {
  console.error(`photos: there is no ${celeba}: set FACES to the folder of labelled faces`);
  process.exit(1);
}

/** A person's place by chance, the same each time. */
function splitOf(identity) {
  const share = createHash('sha256').update(`eyeglasses ${identity}`).digest().readUInt32BE() / 2 ** 32;
  if (share < 0.15) return 'test';
  return share < 0.3 ? 'val' : 'train';
}

const left = { with: EACH, without: EACH };
const chosen = readFileSync(join(celeba, 'train.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .flatMap((line) => {
    const { image, shard, attributes, identity } = JSON.parse(line);
    const label = attributes[ATTRIBUTE] === 1 ? 'with' : 'without';
    left[label] -= 1;
    return left[label] < 0 ? [] : [{ image, shard, place: join(splitOf(identity), label) }];
  });

for (const name of readdirSync(photos)) {
  if (name !== 'README.md') rmSync(join(photos, name), { recursive: true });
}
const temp = mkdtempSync(join(tmpdir(), 'eyeglasses-'));
for (const shard of new Set(chosen.map((photo) => photo.shard))) {
  const list = join(temp, 'list');
  const images = chosen.filter((photo) => photo.shard === shard).map(({ image }) => image);
  writeFileSync(list, images.join('\n'));
  execFileSync('tar', ['-xf', join(celeba, shard), '-C', temp, '-T', list]);
}
const counts = {};
for (const { image, place } of chosen) {
  mkdirSync(join(photos, place), { recursive: true });
  cpSync(join(temp, image), join(photos, place, image));
  counts[place] = (counts[place] ?? 0) + 1;
}
rmSync(temp, { recursive: true });
console.log('photos:', counts);
