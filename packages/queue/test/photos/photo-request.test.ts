import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { photoJob } from '../../src/photos/photo-request.js';

const keyOf = (photo: string): string => photoJob({ photo }).key;

it.each([
  ['a path', 'in/a.jpg', [resolve('in/a.jpg'), './in/../in/a.jpg', pathToFileURL('in/a.jpg').href]],
  [
    'an address',
    'https://example.org/a.jpg?size=2',
    [
      'HTTPS://Example.ORG/a.jpg?size=2',
      'https://example.org:443/x/../a.jpg?size=2',
      'https://example.org/a.jpg?size=2#top',
    ],
  ],
])('%s has one key, however it is written', (_, photo, others) => {
  for (const other of others) expect(keyOf(other), other).toBe(keyOf(photo));
});

it('tells photos, ids and tasks apart', () => {
  const requests = [
    { photo: 'a.jpg' },
    { photo: 'A.jpg' },
    { photo: 'http://example.org/a.jpg' },
    { photo: 'https://example.org/a.jpg' },
    { photo: 'https://example.org/a.jpg?1' },
    { photo: 'a.jpg', id: 1 },
    { photo: 'a.jpg', id: '1' },
    { photo: 'a.jpg', tasks: ['age'] },
    { photo: 'a.jpg', tasks: ['age', 'gender'] },
  ];
  expect(new Set(requests.map((request) => photoJob(request).key)).size).toBe(requests.length);
});

it('takes no notice of the order of tasks', () => {
  const [one, other] = [
    ['age', 'gender'],
    ['gender', 'age', 'age'],
  ].map((tasks) => photoJob({ photo: 'a', tasks }));
  expect(one).toEqual(other);
  expect(one?.request).toEqual({ photo: resolve('a'), tasks: ['age', 'gender'] });
});

it.each([
  '',
  'a\0.jpg',
  'data:image/png;base64,AAAA',
  'ftp://example.org/a.jpg',
  'https://',
  'https://user:secret@example.org/a.jpg',
  'file://other-host/a.jpg',
])('refuses %j', (photo) => {
  expect(() => keyOf(photo)).toThrow(expect.objectContaining({ code: 'BAD_OPTION' }));
  expect(() => keyOf(photo)).not.toThrow(/secret|AAAA/);
});
