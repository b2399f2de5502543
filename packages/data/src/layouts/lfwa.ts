import { join } from 'node:path';
import { CELEBA_ATTRIBUTES, celebaGroups } from '../conventions/celeba-attributes.js';
import { refuse } from '../reading/errors.js';
import { columnOf, nameOf, numberOf, readRows } from '../reading/rows.js';
import type { Samples } from '../sample/sample.js';

/**
 * LFWA (Liu et al. 2015). Its annotations come as Matlab files in HDF5, which this package does not read: export them
 * once, with Matlab or Python's mat73. `lfw_att_40.csv` is a line a picture, its name and the 40 labels (0 or 1), under a
 * line of names; `indices_img_<split>.txt` has the rows of the split, a number a line, counted from 1. The pictures are in
 * `lfw/`. The usual measure is mean accuracy over the attributes on `test`.
 */
export async function* readLFWA(folder: string, split = 'test'): Samples {
  const path = join(folder, 'lfw_att_40.csv');
  const indexFile = join(folder, `indices_img_${split}.txt`);
  const [first = refuse(path, 'there is no line of names'), ...rows] = await readRows(path, ',');
  const head = { ...first, fields: first.fields.map(plain) };
  const columns = CELEBA_ATTRIBUTES.map((name) => columnOf(head, plain(name)));
  for (const { fields: index, where } of await readRows(indexFile, /\s+/)) {
    const number = numberOf(where, index[0]);
    const row = rows[number - 1] ?? refuse(where, `${path} has no row ${number}`);
    const name = nameOf(row.where, row.fields[0]?.replaceAll('\\', '/'));
    const attributes = columns.map((column) => {
      const value = numberOf(row.where, row.fields[column]);
      return value === 0 || value === 1 ? value : refuse(row.where, `expected 0 or 1, not ${value}`);
    });
    yield {
      name,
      set: 'lfwa',
      image: join(folder, 'lfw', name),
      labels: { attributes },
      groups: celebaGroups(attributes),
    };
  }
}

/** Attributes are spelt with blanks, apostrophes and capitals as it happened. */
const plain = (name: string): string => name.replaceAll(/[\s']/g, '_').toLowerCase();
