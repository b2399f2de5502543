import { join } from 'node:path';
import type { Expression, Samples } from '../sample.js';
import { readRows, refuse } from './text.js';

/** RAF-DB's labels 1 to 7. */
const EXPRESSIONS: readonly Expression[] = [
  'surprise',
  'fear',
  'disgust',
  'happy',
  'sad',
  'anger',
  'neutral',
];

/**
 * RAF-DB, basic emotions (Li et al. 2017): `EmoLabel/list_patition_label.txt` (so spelt), lines of a file name and a
 * label, and the aligned pictures `Image/aligned/<name>_aligned.jpg`. The paper reports accuracy on `test`.
 */
export async function* readRafDb(folder: string, split = 'test'): Samples {
  const path = join(folder, 'EmoLabel', 'list_patition_label.txt');
  for (const [file = '', label = ''] of await readRows(path, /\s+/)) {
    if (!file.startsWith(`${split}_`)) continue;
    const name = file.replace(/\.jpg$/, '_aligned.jpg');
    yield {
      name,
      set: 'raf-db',
      image: join(folder, 'Image', 'aligned', name),
      labels: { expression: EXPRESSIONS[Number(label) - 1] ?? refuse(path, `"${label}" is no label`) },
    };
  }
}
