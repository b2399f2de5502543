import { join } from 'node:path';
import { VOCABULARIES } from '@facexformer/core';
import type { Samples } from '../sample.js';
import { firstOf, readRows, refuse } from './text.js';

/** What `list_eval_partition.txt` calls the splits. */
const SPLITS: Readonly<Record<string, string>> = { train: '0', val: '1', test: '2' };

/**
 * CelebA (Liu et al. 2015): `list_attr_celeba.txt`, `list_eval_partition.txt` and `img_align_celeba/`, in one folder
 * or as released in Anno, Eval and Img. The paper reports mean accuracy over the 40 attributes on `test`.
 */
export async function* readCelebA(folder: string, split = 'test'): Samples {
  const [attributeFile, images, inSplit] = await Promise.all([
    firstOf(folder, ['Anno/list_attr_celeba.txt', 'list_attr_celeba.txt']),
    firstOf(folder, ['Img/img_align_celeba', 'img_align_celeba']),
    readPartition(folder, split),
  ]);
  const [, names = [], ...rows] = await readRows(attributeFile, /\s+/);
  const places = VOCABULARIES.attributes.labels.map((name) => {
    const index = names.indexOf(name);
    return index >= 0 ? index : refuse(attributeFile, `there is no attribute "${name}"`);
  });
  for (const [name = '', ...values] of rows) {
    if (!inSplit.has(name)) continue;
    const attributes = places.map((place) => {
      const value = values[place];
      return value === '1'
        ? 1
        : value === '-1' || value === '0'
          ? 0
          : refuse(attributeFile, `${name}: "${value}"`);
    });
    yield { name, set: 'celeba', image: join(images, name), labels: { attributes } };
  }
}

/**
 * The file names of a split by `list_eval_partition.txt`.
 * @throws {FaceXFormerError} `NOT_FOUND`, `BAD_OPTION`.
 */
export async function readPartition(folder: string, split: string): Promise<ReadonlySet<string>> {
  const path = await firstOf(folder, ['Eval/list_eval_partition.txt', 'list_eval_partition.txt']);
  const wanted = SPLITS[split] ?? refuse(path, `the splits are train, val and test, not "${split}"`);
  const rows = await readRows(path, /\s+/);
  return new Set(rows.flatMap(([name, part]) => (part === wanted ? [name!] : [])));
}
