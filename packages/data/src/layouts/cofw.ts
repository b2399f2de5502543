import { join } from 'node:path';
import { COFW_POINTS } from '../conventions/classes.js';
import { refuse } from '../reading/errors.js';
import { namesIn, numberOf, readRows } from '../reading/rows.js';
import type { Samples } from '../sample/sample.js';

/**
 * COFW (Burgos-Artizzu et al. 2013). `COFW_<split>_color.mat` is HDF5 with the pictures inside, which this package does not
 * read: export it once, with Matlab or Python's h5py. `phis_<split>.txt` is the matrix `phisT` (or `phisTr`), a line a
 * face: 29 x, 29 y, 29 times 1 for hidden or 0; `images_<split>/` has the pictures `IsT`, whose names sort in the same order. The
 * paper reports the recall of hidden points at 80 % precision on `test`.
 */
export async function* readCOFW(folder: string, split = 'test'): Samples {
  const path = join(folder, `phis_${split}.txt`);
  const images = join(folder, `images_${split}`);
  const [rows, names] = await Promise.all([readRows(path, /[\s,]+/), namesIn(images, /\.(?:jpe?g|png)$/i)]);
  if (rows.length !== names.length) refuse(path, `${rows.length} faces, but ${names.length} pictures`);
  for (const [i, name] of names.entries()) {
    const { fields, where } = rows[i]!;
    const values = fields.map((field) => numberOf(where, field));
    if (values.length !== 3 * COFW_POINTS) refuse(where, `${values.length} numbers, not ${3 * COFW_POINTS}`);
    const visibility = values.slice(2 * COFW_POINTS).map((value) => Number(value > 0.5));
    yield { name, set: 'cofw', image: join(images, name), labels: { visibility } };
  }
}
