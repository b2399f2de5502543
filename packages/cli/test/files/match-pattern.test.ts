import fc from 'fast-check';
import { expect, it } from 'vitest';
import { matchPattern } from '../../src/files/match-pattern.js';

it.each([
  ['a/**/b.png', 'a/b.png', true],
  ['a/**/b.png', 'a/x/y/b.png', true],
  ['a/**/b.png', 'a/xb.png', false],
  ['**/*.png', 'a\nb/c.png', true],
  ['a**c', 'a/b/c', true],
  ['?.png', '🙂.png', true],
  ['?.png', '/.png', false],
  ['[a].(b)*', '[a].(b)', true],
  ['*', 'a/b', false],
])('%s, %j: %s', (pattern, path, fits) => {
  expect(matchPattern(pattern)(path)).toBe(fits);
});

it('agrees with a regular expression', () => {
  const regular: Readonly<Record<string, string>> = {
    '**/': '(?:.*/)?',
    '**': '.*',
    '*': '[^/]*',
    '?': '[^/]',
    '.': '\\.',
  };
  const text = (units: string) => fc.string({ unit: fc.constantFrom(...units), maxLength: 8 });
  fc.assert(
    fc.property(text('ab./**?'), text('ab./\n'), (pattern, path) => {
      const source = pattern.replace(/\*\*\/|\*\*|[*?.]/g, (found) => regular[found]!);
      return matchPattern(pattern)(path) === new RegExp(`^${source}$`, 's').test(path);
    }),
    { numRuns: 500 },
  );
});

it('takes no time for many stars', () => {
  const fits = matchPattern(`${'**/'.repeat(30)}${'*a'.repeat(30)}b`);
  expect(fits(`${'a/'.repeat(40)}${'a'.repeat(200)}`)).toBe(false);
});
