import { join } from 'node:path';
import { VOCABULARIES } from '@facexformer/core';
import { type Samples, UNKNOWN_CLASS } from '../sample.js';
import { namesIn } from './text.js';

const CLASSES = VOCABULARIES.parsing.labels.length;

/**
 * LaPa (Liu et al. 2020): `<split>/images/<name>.jpg` and `<split>/labels/<name>.png`, whose values are our eleven
 * classes. Its 106 landmarks are others than our 68 and are not read. The usual measure is F1 of ten classes on `test`.
 */
export async function* readLaPa(folder: string, split = 'test'): Samples {
  const images = join(folder, split, 'images');
  for (const name of await namesIn(images, /\.jpe?g$/i)) {
    const image = join(folder, split, 'labels', name.replace(/\.jpe?g$/i, '.png'));
    const classOf = (value: number): number => (value < CLASSES ? value : UNKNOWN_CLASS);
    yield { name, set: 'lapa', image: join(images, name), labels: { mask: [{ image, classOf }] } };
  }
}
