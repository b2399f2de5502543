import { expect, it } from 'vitest';
import { parseRequests } from '../../src/photos/parse-requests.js';
import { all } from '../all.js';

it('reads paths, addresses and JSON', async () => {
  const lines = [
    'a.jpg',
    '',
    'https://example.org/b.jpg',
    '{"photo":"c.jpg"}',
    '{"photo":"d.jpg","id":7,"tasks":["age"]}',
  ];
  expect(await all(parseRequests(lines))).toEqual([
    { photo: 'a.jpg' },
    { photo: 'https://example.org/b.jpg' },
    { photo: 'c.jpg' },
    { photo: 'd.jpg', id: 7, tasks: ['age'] },
  ]);
});

it.each([
  ['{"photo":', /line 2 .* not JSON/],
  ['{"id":1}', /lacks the text "photo"/],
  ['{"photo":1}', /lacks the text "photo"/],
  ['{"photo":"a","id":{}}', /an id/],
  ['{"photo":"a","tasks":"age"}', /tasks/],
  ['{"photo":"a","tasks":[1]}', /tasks/],
  ['{"photo":"a","tasks":[]}', /tasks/],
  ['{"photo":"a","boxes":[]}', /"boxes"/],
])('says what is wrong with the line %s', async (line, message) => {
  const requests = parseRequests(['a.jpg', line]);
  expect((await requests.next()).value).toEqual({ photo: 'a.jpg' });
  const failure = await requests.next().catch((error: unknown) => error);
  expect(failure).toMatchObject({
    code: 'BAD_OPTION',
    message: expect.stringMatching(message),
    details: { line: 2 },
  });
});
