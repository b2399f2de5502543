import { expect, it } from 'vitest';
import { parseSha256 } from '../../src/download/sha256.js';

const digits = 'ab01'.repeat(16);

it.each([digits, digits.toUpperCase(), `sha256:${digits}`, `SHA256-${digits.toUpperCase()}`, ` ${digits}\n`])(
  'takes %s',
  (text) => {
    expect(parseSha256(text)).toBe(digits);
  },
);

it.each(['', 'nonsense', digits.slice(1), `${digits}0`, digits.replace('a', 'g'), `md5:${digits}`])(
  'refuses "%s"',
  (text) => {
    expect(() => parseSha256(text)).toThrow(expect.objectContaining({ code: 'BAD_OPTION' }));
  },
);
