import { join } from 'node:path';
import { refuse } from '../reading/errors.js';
import { columnOf, nameOf, readRows, translate } from '../reading/rows.js';
import type { Samples } from '../sample/sample.js';

/** FairFace's seven groups among UTKFace's five, whose `Others` are "like Hispanic, Latino, Middle Eastern". */
const RACES: Readonly<Record<string, string>> = {
  White: 'White',
  Black: 'Black',
  Indian: 'Indian',
  'East Asian': 'Asian',
  'Southeast Asian': 'Asian',
  'Middle Eastern': 'Others',
  Latino_Hispanic: 'Others',
};

const GENDERS: Readonly<Record<string, string>> = { Male: 'male', Female: 'female' };

/**
 * FairFace (Karkkainen and Joo 2021): `fairface_label_<split>.csv` with the columns file, age, gender, race, and the
 * pictures that it names (`val/1.jpg`). Ages are ranges, so only decades are judged; the paper reports gender and age
 * accuracy on `val`.
 */
export async function* readFairFace(folder: string, split = 'val'): Samples {
  const path = join(folder, `fairface_label_${split}.csv`);
  const [head = refuse(path, 'there is no line of names'), ...rows] = await readRows(path, ',');
  const [file, age, gender, race] = ['file', 'age', 'gender', 'race'].map((name) => columnOf(head, name));
  for (const { fields, where } of rows) {
    const name = nameOf(where, fields[file!]);
    yield {
      name,
      set: 'fairface',
      image: join(folder, name),
      labels: {
        age: rangeOf(fields[age!] ?? '') ?? refuse(where, 'the age must be such as 3-9 or "more than 70"'),
        gender: translate(where, 'gender', GENDERS, fields[gender!]),
        race: translate(where, 'race', RACES, fields[race!]),
      },
    };
  }
}

function rangeOf(text: string): { readonly from: number; readonly to: number } | undefined {
  if (text === 'more than 70') return { from: 70, to: Number.POSITIVE_INFINITY };
  const [, from, to] = /^(\d+)-(\d+)$/.exec(text) ?? [];
  return from === undefined ? undefined : { from: Number(from), to: Number(to) };
}
