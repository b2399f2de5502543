import { join } from 'node:path';
import { VOCABULARIES } from '@facexformer/core';
import type { Samples } from '../sample.js';
import { numberOf, readRows, refuse } from './text.js';

/**
 * LFWA (Liu et al. 2015). Its annotations come as Matlab files in HDF5, which this package does not read: export them
 * once, with Matlab or Python's mat73. `lfw_att_40.csv` is a line a picture, its name and the 40 labels (0 or 1), under a
 * line of names; `indices_img_<split>.txt` has the rows of the split, a number a line, counted from 1. The pictures are in
 * `lfw/`. The usual measure is mean accuracy over the attributes on `test`.
 */
export async function* readLFWA(folder: string, split = 'test'): Samples {
  const path = join(folder, 'lfw_att_40.csv');
  const indexFile = join(folder, `indices_img_${split}.txt`);
  const [[, ...names] = [], ...rows] = await readRows(path, ',');
  const places = VOCABULARIES.attributes.labels.map((label) => {
    const index = names.findIndex(
      (name) => name.replaceAll(/[\s']/g, '_').toLowerCase() === label.toLowerCase(),
    );
    return index >= 0 ? index : refuse(path, `there is no column "${label}"`);
  });
  for (const [field] of await readRows(indexFile, /\s+/)) {
    const row = rows[numberOf(indexFile, field) - 1] ?? refuse(path, `there is no row ${field}`);
    const name = row[0]!.replaceAll('\\', '/');
    const attributes = places.map((place) => {
      const value = numberOf(path, row[place + 1]);
      return value === 0 || value === 1 ? value : refuse(path, `${name}: ${value} is neither 0 nor 1`);
    });
    yield { name, set: 'lfwa', image: join(folder, 'lfw', name), labels: { attributes } };
  }
}
