/** What the arguments of operations may be. */
import { demand, kind, listOf, NUMBER, whole } from '../base/arguments.js';
import { isRecord } from '../base/record.js';
import { VALUE } from './value.js';

export const AXES = listOf(NUMBER);
export const SHAPE = listOf(
  kind('a dimension', (value) => NUMBER.fits(value) || (isRecord(value) && NUMBER.fits(value.batch))),
);
export const REAL = kind('a number', (value) => typeof value === 'number');
export const CONV = { stride: whole(1), padding: listOf(whole(0), 4), groups: whole(1) };

export const graphValues = (op: string, ...given: readonly unknown[]): void => {
  for (const value of given) demand(value, VALUE, `${op}: each input`);
};
