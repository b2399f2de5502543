import { join } from 'node:path';
import { lapaClassOf } from '../conventions/celebamask.js';
import { namesIn, numberOf, readRows } from '../reading/rows.js';
import type { MaskLayer, Samples } from '../sample/sample.js';
import { readPartition } from './celeba.js';

/** The parts in the order in which the data set's own script paints them: later ones cover earlier ones. */
const PARTS = `
  skin nose eye_g l_eye r_eye l_brow r_brow l_ear r_ear mouth
  u_lip l_lip hair hat ear_r neck_l neck cloth`
  .trim()
  .split(/\s+/);

/** Pictures of a folder of parts. */
const FOLDER_SIZE = 2000;

/**
 * CelebAMask-HQ (Lee et al. 2020): `CelebA-HQ-img/<n>.jpg`, `CelebAMask-HQ-mask-anno/<n / 2000>/<00000>_<part>.png`,
 * `CelebA-HQ-to-CelebA-mapping.txt`, and CelebA's `list_eval_partition.txt` beside them, which makes the splits. The
 * paper reports F1 of ten classes on `test`.
 */
export async function* readCelebAMaskHQ(folder: string, split = 'test'): Samples {
  const inSplit = await readPartition(folder, split);
  const [, ...mapping] = await readRows(join(folder, 'CelebA-HQ-to-CelebA-mapping.txt'), /\s+/);
  let partFolder = '';
  let files: ReadonlySet<string> = new Set();
  for (const {
    where,
    fields: [field, , original = ''],
  } of mapping) {
    if (!inSplit.has(original)) continue;
    const index = numberOf(where, field);
    const own = join(folder, 'CelebAMask-HQ-mask-anno', `${Math.floor(index / FOLDER_SIZE)}`);
    if (own !== partFolder) {
      partFolder = own;
      files = new Set(await namesIn(own, /\.png$/));
    }
    const parsing = PARTS.flatMap((part, i): MaskLayer[] => {
      const file = `${String(index).padStart(5, '0')}_${part}.png`;
      const label = lapaClassOf(i + 1);
      return files.has(file)
        ? [{ image: join(partFolder, file), classOf: (value) => (value > 0 ? label : undefined) }]
        : [];
    });
    const name = `${index}.jpg`;
    yield {
      name,
      set: 'celebamask-hq',
      image: join(folder, 'CelebA-HQ-img', name),
      labels: {},
      masks: { parsing },
    };
  }
}
