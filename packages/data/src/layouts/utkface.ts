import { join } from 'node:path';
import { GENDERS, RACES } from '../conventions/classes.js';
import { namesIn } from '../reading/rows.js';
import type { Samples } from '../sample/sample.js';

const NAME = /^(\d{1,3})_([01])_([0-4])_\d+\.(?:.*\.)?jpe?g$/i;

/**
 * UTKFace (Zhang et al. 2017): a folder of pictures whose names are `age_gender_race_time.jpg`, aligned ones end in
 * `.jpg.chip.jpg`. Names that lack a field, as a few do, are left out. There is no official split.
 */
export async function* readUTKFace(folder: string): Samples {
  for (const name of await namesIn(folder, NAME)) {
    const [, age, gender, race] = NAME.exec(name)!.map(Number) as [number, number, number, number];
    yield {
      name,
      set: 'utkface',
      image: join(folder, name),
      labels: { age, gender: GENDERS[gender]!, race: RACES[race]! },
    };
  }
}
