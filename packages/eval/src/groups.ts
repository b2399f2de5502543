import type { Classification } from '@facexformer/core';
import { VOCABULARIES } from '@facexformer/core';
import type { Age } from '@facexformer/tasks';
import type { Truth } from './judges/judge.js';
import type { Answer } from './predictor.js';

/** Group by dimension, such as `gender: female`. Dimensions that the model guessed end in `(predicted)`. */
export type Groups = Readonly<Record<string, string>>;

const { labels: attributeNames } = VOCABULARIES.attributes;
const MALE = attributeNames.indexOf('Male');
const YOUNG = attributeNames.indexOf('Young');

/** First years of the age groups. */
const AGE_GROUPS = [0, 10, 20, 40, 60] as const;

/** The age group of an age in years, such as `20-39`; the last is `60+`. */
export function ageGroupOf(years: number): string {
  const index = Math.max(
    AGE_GROUPS.findLastIndex((from) => years >= from),
    0,
  );
  const end = AGE_GROUPS[index + 1];
  return end === undefined ? `${AGE_GROUPS[index]}+` : `${AGE_GROUPS[index]}-${end - 1}`;
}

/**
 * The groups that a face belongs to for the bias audit: by its labels, CelebA's `Male` and `Young` among them, and
 * where a label is missing, by what the model takes the face for.
 */
export function groupsOf(truth: Truth, answers: Readonly<Record<string, Answer>>): Groups {
  const { gender, race, age, attributes } = truth;
  const guess = (task: string): string | undefined =>
    (answers[task]?.result as Classification | undefined)?.label;
  const groups: [string, string | undefined][] = [
    ['gender', gender ?? (attributes && (attributes[MALE]! > 0 ? 'male' : 'female'))],
    ['race', race],
    ['age', age === undefined ? undefined : ageGroupOf(typeof age === 'number' ? age : age.from)],
    ['young', attributes && (attributes[YOUNG]! > 0 ? 'young' : 'not young')],
  ];
  const known = new Set(groups.flatMap(([dimension, group]) => (group === undefined ? [] : [dimension])));
  if (!known.has('gender')) groups.push(['gender (predicted)', guess('gender')]);
  if (!known.has('race')) groups.push(['race (predicted)', guess('race')]);
  const years = (answers.age?.result as Age | undefined)?.years;
  if (!known.has('age') && !known.has('young')) {
    groups.push(['age (predicted)', years === undefined ? undefined : ageGroupOf(years)]);
  }
  return Object.fromEntries(groups.filter(([, group]) => group !== undefined)) as Groups;
}
