import { join } from 'node:path';
import { CELEBA_ATTRIBUTES, celebaGroups } from '../conventions/celeba-attributes.js';
import { refuse } from '../reading/errors.js';
import { columnOf, firstOf, nameOf, readRows, translate } from '../reading/rows.js';
import type { Samples } from '../sample/sample.js';

/** What `list_eval_partition.txt` calls the splits. */
const SPLITS = new Map(Object.entries({ train: '0', val: '1', test: '2' }));

/** `-1` in CelebA's own file, `0` in copies of it. */
const ANSWERS: Readonly<Record<string, number>> = { '1': 1, '-1': 0, '0': 0 };

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
  const [, head = refuse(attributeFile, 'there are no attributes'), ...rows] = await readRows(
    attributeFile,
    /\s+/,
  );
  const columns = CELEBA_ATTRIBUTES.map((name) => columnOf(head, name));
  for (const {
    where,
    fields: [field = '', ...values],
  } of rows) {
    if (!inSplit.has(field)) continue;
    const name = nameOf(where, field);
    const attributes = columns.map((column, i) =>
      translate(where, `attribute ${CELEBA_ATTRIBUTES[i]}`, ANSWERS, values[column]),
    );
    yield {
      name,
      set: 'celeba',
      image: join(images, name),
      labels: { attributes },
      groups: celebaGroups(attributes),
    };
  }
}

/**
 * The file names of a split by `list_eval_partition.txt`.
 * @throws {FaceXFormerError} `NOT_FOUND`, `BAD_OPTION`.
 */
export async function readPartition(folder: string, split: string): Promise<ReadonlySet<string>> {
  const path = await firstOf(folder, ['Eval/list_eval_partition.txt', 'list_eval_partition.txt']);
  const wanted = SPLITS.get(split) ?? refuse(path, `the splits are train, val and test, not "${split}"`);
  const rows = await readRows(path, /\s+/);
  return new Set(rows.flatMap(({ fields: [name, part] }) => (part === wanted ? [name!] : [])));
}
