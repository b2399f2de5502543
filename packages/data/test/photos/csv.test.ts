import { expect, it } from 'vitest';
import { parseCsv } from '../../src/photos/csv.js';

it('takes lines in quotes and fields that are empty', () => {
  expect(parseCsv('\uFEFFa,b\r\n"1\n""2""",\r\n,3', 't')).toEqual([
    { fields: { a: '1\n"2"', b: '' }, where: 't row 2' },
    { fields: { a: '', b: '3' }, where: 't row 3' },
  ]);
  expect(parseCsv('', 't')).toEqual([]);
});

it.each([
  ['image\na,b\n', 't row 2: there are 2 fields, the first row has 1'],
  ['image,label\n"a,b\n', 't row 2: a quote is out of place'],
])('refuses %j', (text, message) => {
  expect(() => parseCsv(text, 't')).toThrow(message);
});

it.each([
  ['a', 1e7],
  ['""', 1e5],
])('takes a field of ten megabytes of %j', (text, count) => {
  const [row] = parseCsv(`a\n"${text.repeat(count)}"`, 't');
  expect(row!.fields.a).toHaveLength(count);
});
