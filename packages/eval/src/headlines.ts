import type { Interval } from './statistics/bootstrap.js';

/** The figures that stand for each task, how they are told to people, and which way is better. */
export interface Headline {
  readonly figure: string;
  readonly title: string;
  readonly unit: 'share' | 'degrees' | 'years';
  readonly better: 'higher' | 'lower';
}

const headline = (
  figure: string,
  title: string,
  unit: Headline['unit'] = 'share',
  better: Headline['better'] = 'higher',
): Headline => ({ figure, title, unit, better });

/** In the order of the report. */
export const HEADLINES: readonly Headline[] = [
  headline('parsing.f1', 'parsing, mean F1 of 10 classes'),
  headline('landmarks.nme', 'landmarks, NME inter-ocular', 'share', 'lower'),
  headline('landmarks.auc8', 'landmarks, AUC up to 8 %'),
  headline('landmarks.failure8', 'landmarks, failures above 8 %', 'share', 'lower'),
  headline('headPose.mae', 'head pose, mean absolute error', 'degrees', 'lower'),
  headline('headPose.mae.yaw', 'head pose, yaw', 'degrees', 'lower'),
  headline('headPose.mae.pitch', 'head pose, pitch', 'degrees', 'lower'),
  headline('headPose.mae.roll', 'head pose, roll', 'degrees', 'lower'),
  headline('attributes.accuracy', 'attributes, mean accuracy'),
  headline('attributes.balanced', 'attributes, mean balanced accuracy'),
  headline('age.mae', 'age, mean absolute error', 'years', 'lower'),
  headline('age.bin', 'age, decade right'),
  headline('gender.accuracy', 'gender, accuracy'),
  headline('race.accuracy', 'race, accuracy'),
  headline('expression.accuracy', 'expression, accuracy'),
  headline('visibility.recallAt80', 'hidden points, recall at 80 % precision'),
];

/** The headlines that are compared between groups of people. */
export const AUDITED: readonly Headline[] = HEADLINES.filter(({ figure }) =>
  [
    'parsing.f1',
    'landmarks.nme',
    'headPose.mae',
    'attributes.accuracy',
    'attributes.balanced',
    'age.mae',
    'gender.accuracy',
    'race.accuracy',
    'expression.accuracy',
    'visibility.recallAt80',
  ].includes(figure),
);

const UNITS = { share: ' %', degrees: '°', years: ' years' } as const;

const digits = (value: number, unit: Headline['unit']): string =>
  unit === 'share' ? (100 * value).toFixed(1) : value.toFixed(2);

/** A figure for people: `84.2 %`, `4.51°`, `6.02 years`. */
export const toWords = (value: number, unit: Headline['unit']): string =>
  `${digits(value, unit)}${UNITS[unit]}`;

/** An interval for people: `83.1 to 85.4 %`. */
export const spanToWords = ({ low, high }: Interval, unit: Headline['unit']): string =>
  `${digits(low, unit)} to ${digits(high, unit)}${UNITS[unit]}`;
