import type { Headline } from '@facexformer/core/task';
import type { Interval } from '@facexformer/statistics';

type Unit = Headline['unit'];

const UNITS = { share: ' %', degrees: '°', years: ' years', number: '' } as const satisfies Record<
  Unit,
  string
>;

const digits = (value: number, unit: Unit): string =>
  unit === 'share' ? (100 * value).toFixed(1) : value.toFixed(2);

/** A figure for people: `84.2 %`, `4.51°`, `6.02 years`. */
export const toWords = (value: number, unit: Unit): string => `${digits(value, unit)}${UNITS[unit]}`;

/** An interval for people: `83.1 to 85.4 %`. */
export const spanToWords = ({ low, high }: Interval, unit: Unit): string =>
  `${digits(low, unit)} to ${digits(high, unit)}${UNITS[unit]}`;
