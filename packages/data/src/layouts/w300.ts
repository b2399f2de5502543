import { join } from 'node:path';
import { IBUG_POINTS } from '../conventions/classes.js';
import { refuse } from '../reading/errors.js';
import { namesIn, numberOf, readRows } from '../reading/rows.js';
import type { Samples } from '../sample/sample.js';

const COMMON = ['helen/testset', 'lfpw/testset'];
const CHALLENGE = ['ibug'];

/** The folders of each subset: 554, 135 and 689 faces. */
const SUBSETS = new Map(
  Object.entries({ common: COMMON, challenge: CHALLENGE, full: [...COMMON, ...CHALLENGE] }),
);

/**
 * 300W (Sagonas et al. 2013), public test set: `helen/testset`, `lfpw/testset` and `ibug` with a `.pts` file beside each
 * picture. The paper reports NME by the outer eye corners on `full`, `common` and `challenge`.
 */
export async function* read300W(folder: string, split = 'full'): Samples {
  const folders =
    SUBSETS.get(split) ?? refuse(folder, `the subsets are full, common and challenge, not "${split}"`);
  for (const part of folders) {
    const own = join(folder, part);
    for (const name of await namesIn(own, /\.(?:jpe?g|png)$/i)) {
      const landmarks = await readPoints(join(own, name.replace(/\.\w+$/, '.pts')));
      yield { name: `${part}/${name}`, set: '300w', image: join(own, name), labels: { landmarks } };
    }
  }
}

/**
 * Points of a `.pts` file, x0, y0, ... These files count from 1, as Matlab does; ours count from 0.
 * @throws {FaceXFormerError} `NOT_FOUND`, `BAD_OPTION` when there are not 68.
 */
export async function readPoints(path: string): Promise<readonly number[]> {
  const rows = await readRows(path, /\s+/);
  const start = rows.findIndex(({ fields }) => fields[0] === '{');
  const end = rows.findIndex(({ fields }) => fields[0] === '}');
  const points = rows
    .slice(start + 1, end)
    .flatMap(({ fields, where }) => fields.map((field) => numberOf(where, field) - 1));
  if (start < 0 || points.length !== 2 * IBUG_POINTS)
    refuse(path, `${points.length / 2} points, not ${IBUG_POINTS}`);
  return points;
}
