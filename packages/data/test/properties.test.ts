import { byteChanges, damaged } from '@facexformer/test-utils/damage';
import { outcomeOf } from '@facexformer/test-utils/outcome';
import { tarOf } from '@facexformer/test-utils/tar-of';
import {
  array,
  assert,
  asyncProperty,
  constantFrom,
  dictionary,
  integer,
  jsonValue,
  oneof,
  string,
  uint8Array,
} from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTar } from '../src/archive/tar.js';
import { parseRecord } from '../src/faces/record.js';
import { parseCsv } from '../src/photos/csv.js';
import { fieldReader } from '../src/reading/fields.js';
import { parseLines } from '../src/reading/lines.js';

describe('readers of labelled data, given anything', () => {
  it('read a tar as it was written, and refuse or survive any damage', () =>
    assert(
      asyncProperty(
        dictionary(constantFrom('a.jpg', 'b', 'c.txt'), uint8Array({ maxLength: 1100 })),
        byteChanges({ maxLength: 4 }),
        integer({ min: 0 }),
        async (files, changes, end) => {
          const whole = tarOf(files);
          expect(Object.fromEntries(readTar(whole, 't'))).toEqual(
            Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, Buffer.from(bytes)])),
          );
          const broken = damaged(whole, changes);
          await outcomeOf(() => readTar(broken, 't'));
          await outcomeOf(() => readTar(broken.subarray(0, end % broken.length), 't'));
        },
      ),
    ));

  it('read a CSV as it was written', () =>
    assert(
      asyncProperty(
        array(array(string(), { minLength: 2, maxLength: 2 }), { maxLength: 5 }),
        async (rows) => {
          const quoted = [['a', 'b'], ...rows].map((row) =>
            row.map((field) => `"${field.replaceAll('"', '""')}"`).join(','),
          );
          const read = parseCsv(quoted.join('\n'), 't').map(({ fields }) => [fields.a, fields.b]);
          expect(read).toEqual(rows);
        },
      ),
    ));

  it('refuse or survive any text as CSV and as lines', () =>
    assert(
      asyncProperty(
        oneof(
          string(),
          array(constantFrom('"', ',', '\n', '\r', 'a', '{', '}', ':')).map((parts) => parts.join('')),
        ),
        async (text) => {
          await outcomeOf(() => parseCsv(text, 't'));
          await outcomeOf(() => parseLines(text, 't'));
        },
      ),
    ));

  const FIELDS = [
    'image',
    'shard',
    'mask',
    'width',
    'height',
    'box',
    'landmarks',
    'pose',
    'age',
    'gender',
    'race',
  ];

  it('refuse or survive any record', () =>
    assert(
      asyncProperty(dictionary(constantFrom(...FIELDS), jsonValue({ maxDepth: 4 })), async (fields) => {
        const line = JSON.stringify({ image: 'a.jpg', shard: 'a.tar', ...fields });
        await outcomeOf(() => parseLines(line, 't').map((entry) => parseRecord(fieldReader(entry))));
      }),
    ));
});
