import { join } from 'node:path';
import { refuse } from '../reading/errors.js';
import { nameOf, numberOf, type Row, readRows } from '../reading/rows.js';
import type { Samples } from '../sample/sample.js';

/** What the protocol says of a photo: the pairs that it belongs to. */
interface Pair {
  readonly id: string;
  readonly fold: number;
  readonly same: boolean;
}

/**
 * Labeled Faces in the Wild (Huang et al. 2007): `<name>/<name>_<number>.jpg`, the number with four digits, and
 * `pairs.txt`, whose first line has the number of folds and of pairs of each kind in a fold. A line of a pair is
 * `name number number` or `name number name number`. The usual measure is the accuracy of verification over its ten folds.
 * @param split `pairs` by default, of `pairs.txt`; `pairsDevTest` and `pairsDevTrain` have one fold
 */
export async function* readLFW(folder: string, split = 'pairs'): Samples {
  const path = join(folder, `${split}.txt`);
  const [head = refuse(path, 'there is no first line'), ...rows] = await readRows(path, /\s+/);
  const perFold = 2 * numberOf(head.where, head.fields.at(-1));
  const photos = new Map<string, Pair[]>();
  rows.forEach((row, i) => {
    const { same, names } = pairOf(row);
    const pair = { id: `${i}`, fold: Math.floor(i / perFold), same };
    for (const name of names) photos.set(name, [...(photos.get(name) ?? []), pair]);
  });
  for (const [name, pairs] of photos) {
    yield { name, set: 'lfw', image: join(folder, name), labels: { recognition: { pairs } } };
  }
}

function pairOf({ fields, where }: Row): { readonly same: boolean; readonly names: readonly string[] } {
  const photo = (name: string | undefined, number: string | undefined): string => {
    const digits = String(numberOf(where, number)).padStart(4, '0');
    return nameOf(where, `${name}/${name}_${digits}.jpg`);
  };
  const [first, a, b, c] = fields;
  if (fields.length === 3) return { same: true, names: [photo(first, a), photo(first, b)] };
  if (fields.length === 4) return { same: false, names: [photo(first, a), photo(b, c)] };
  return refuse(where, `a pair has three or four fields, not ${fields.length}`);
}
