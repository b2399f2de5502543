import { join } from 'node:path';
import { UNKNOWN_CLASS } from '@facexformer/core/task';
import { LAPA_CLASSES } from '../conventions/classes.js';
import { namesIn } from '../reading/rows.js';
import type { Samples } from '../sample/sample.js';

/**
 * LaPa (Liu et al. 2020): `<split>/images/<name>.jpg` and `<split>/labels/<name>.png`, whose values are our eleven
 * classes. Its 106 landmarks are others than our 68 and are not read. The usual measure is F1 of ten classes on `test`.
 */
export async function* readLaPa(folder: string, split = 'test'): Samples {
  const images = join(folder, split, 'images');
  for (const name of await namesIn(images, /\.jpe?g$/i)) {
    const image = join(folder, split, 'labels', name.replace(/\.jpe?g$/i, '.png'));
    const classOf = (value: number): number => (value < LAPA_CLASSES ? value : UNKNOWN_CLASS);
    yield {
      name,
      set: 'lapa',
      image: join(images, name),
      labels: {},
      masks: { parsing: [{ image, classOf }] },
    };
  }
}
