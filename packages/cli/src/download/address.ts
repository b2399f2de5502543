import { FaceXFormerError } from '@facexformer/core';

/**
 * An address that can be fetched. One with a password in front of its host cannot, and is not repeated.
 * @throws {FaceXFormerError} `BAD_OPTION`.
 */
export function checkAddress(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new FaceXFormerError('BAD_OPTION', 'the address must be one that starts with https:// or http://');
  }
  if (url.username || url.password) {
    const message = `the address at ${url.host} holds a name or password, which is not sent: leave it out`;
    throw new FaceXFormerError('BAD_OPTION', message);
  }
  return url;
}

/** An address as messages name it: what stands behind `?` may be a secret. */
export const nameOfAddress = ({ origin, pathname }: URL): string => `${origin}${pathname}`.slice(0, 150);
