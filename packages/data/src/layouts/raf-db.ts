import { join } from 'node:path';
import { nameOf, readRows, translate } from '../reading/rows.js';
import type { Samples } from '../sample/sample.js';

/** RAF-DB's labels. */
const LABELS: Readonly<Record<string, string>> = {
  '1': 'surprise',
  '2': 'fear',
  '3': 'disgust',
  '4': 'happy',
  '5': 'sad',
  '6': 'anger',
  '7': 'neutral',
};

/**
 * RAF-DB, basic emotions (Li et al. 2017): `EmoLabel/list_patition_label.txt` (so spelt), lines of a file name and a
 * label, and the aligned pictures `Image/aligned/<name>_aligned.jpg`. The paper reports accuracy on `test`.
 */
export async function* readRafDb(folder: string, split = 'test'): Samples {
  const rows = await readRows(join(folder, 'EmoLabel', 'list_patition_label.txt'), /\s+/);
  for (const { fields, where } of rows) {
    const [file = '', label] = fields;
    if (!file.startsWith(`${split}_`)) continue;
    const name = nameOf(where, file.replace(/\.jpg$/, '_aligned.jpg'));
    yield {
      name,
      set: 'raf-db',
      image: join(folder, 'Image', 'aligned', name),
      labels: { expression: translate(where, 'label', LABELS, label) },
    };
  }
}
