import { join } from 'node:path';
import type { Gender, Race, Samples } from '../sample.js';
import { readRows, refuse } from './text.js';

/** FairFace's seven groups among UTKFace's five, whose `Others` are "like Hispanic, Latino, Middle Eastern". */
const RACES: Readonly<Record<string, Race>> = {
  White: 'White',
  Black: 'Black',
  Indian: 'Indian',
  'East Asian': 'Asian',
  'Southeast Asian': 'Asian',
  'Middle Eastern': 'Others',
  Latino_Hispanic: 'Others',
};

const GENDERS: Readonly<Record<string, Gender>> = { Male: 'male', Female: 'female' };

/**
 * FairFace (Karkkainen and Joo 2021): `fairface_label_<split>.csv` with the columns file, age, gender, race, and the
 * pictures that it names (`val/1.jpg`). Ages are ranges, so only decades are judged; the paper reports gender and age
 * accuracy on `val`.
 */
export async function* readFairFace(folder: string, split = 'val'): Samples {
  const path = join(folder, `fairface_label_${split}.csv`);
  const [head, ...rows] = await readRows(path, ',');
  const column = (name: string): number => {
    const index = head?.indexOf(name) ?? -1;
    return index >= 0 ? index : refuse(path, `there is no column "${name}"`);
  };
  const [file, age, gender, race] = [column('file'), column('age'), column('gender'), column('race')];
  for (const row of rows) {
    const name = row[file]!;
    yield {
      name,
      set: 'fairface',
      image: join(folder, name),
      labels: {
        age: rangeOf(row[age] ?? '') ?? refuse(path, `"${row[age]}" is no age`),
        gender: GENDERS[row[gender] ?? ''] ?? refuse(path, `"${row[gender]}" is no gender`),
        race: RACES[row[race] ?? ''] ?? refuse(path, `"${row[race]}" is no race`),
      },
    };
  }
}

function rangeOf(text: string): { readonly from: number; readonly to: number } | undefined {
  if (text === 'more than 70') return { from: 70, to: Number.POSITIVE_INFINITY };
  const [, from, to] = /^(\d+)-(\d+)$/.exec(text) ?? [];
  return from === undefined ? undefined : { from: Number(from), to: Number(to) };
}
