import { createHash, timingSafeEqual } from 'node:crypto';
import { BlockList, isIP } from 'node:net';
import { FaceXFormerError } from '@facexformer/core';

/** Characters that a token has at least: short ones can be guessed. */
const SHORTEST = 16;

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/**
 * Tells whether an `Authorization` header carries a token, in a time that does not depend on how much of it is right.
 * @throws {FaceXFormerError} `BAD_OPTION` for a token of fewer than 16 characters, or with other than visible ASCII ones.
 */
export function bearerCheck(token: string): (header: string | undefined) => boolean {
  if (token.length < SHORTEST || !/^[\x21-\x7e]+$/.test(token)) {
    throw new FaceXFormerError(
      'BAD_OPTION',
      `the token must have at least ${SHORTEST} visible ASCII characters, such as "openssl rand -hex 32" prints`,
    );
  }
  const expected = digest(`Bearer ${token}`);
  return (header = '') => timingSafeEqual(digest(header.replace(/^bearer /i, 'Bearer ')), expected);
}

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4');
LOOPBACK.addAddress('::1', 'ipv6');

/** Whether only this machine reaches what listens on a host. */
export function isLoopback(host: string): boolean {
  const family = isIP(host);
  return family === 0 ? host === 'localhost' : LOOPBACK.check(host, family === 4 ? 'ipv4' : 'ipv6');
}
