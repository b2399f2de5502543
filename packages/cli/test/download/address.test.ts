import { expect, it } from 'vitest';
import { checkAddress, nameOfAddress } from '../../src/download/address.js';

it.each(['https://me:hush@example.org/a', 'https://hush@example.org/a', 'ftp://me:hush@example.org', 'hush'])(
  'refuses %s without repeating a secret',
  (text) => {
    const check = () => checkAddress(text);
    expect(check).toThrow(expect.objectContaining({ code: 'BAD_OPTION' }));
    expect(check).toThrow(expect.objectContaining({ message: expect.not.stringContaining('hush') }));
  },
);

it('names an address without what may be a secret', () => {
  expect(nameOfAddress(checkAddress('https://example.org:8443/a/b?token=hush#c'))).toBe(
    'https://example.org:8443/a/b',
  );
});
