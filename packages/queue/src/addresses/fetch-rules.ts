import { FaceXFormerError } from '@facexformer/core';
import { ANY_TEXT, checkOptions, kind, listOf, whole } from '@facexformer/core/arguments';

/** Which addresses a worker may fetch, and how much of its time and memory one may cost. */
export interface FetchRules {
  /** Hosts on the public internet, such as `photos.example.org`; with a port where it is not the protocol's own. */
  readonly hosts?: readonly string[];
  /** Hosts that may also be this machine or one of a private network. */
  readonly privateHosts?: readonly string[];
  /** Bytes of one photo; by default 64 MiB. */
  readonly maxBytes?: number;
  /** For one photo, redirects included; by default 30. */
  readonly seconds?: number;
  /** Redirects that are followed, each to an allowed host; by default 3. */
  readonly redirects?: number;
}

/** The rules with the defaults filled in. */
export interface CheckedRules extends Required<FetchRules> {}

/** A check of options. */
export const SECONDS = kind('a number of seconds above 0', (value) => typeof value === 'number' && value > 0);

/** @throws {FaceXFormerError} `BAD_OPTION`. */
export function checkRules(rules: FetchRules = {}): CheckedRules {
  checkOptions('openWorker: fetch', rules, {
    hosts: listOf(ANY_TEXT),
    privateHosts: listOf(ANY_TEXT),
    maxBytes: whole(1),
    seconds: SECONDS,
    redirects: whole(0),
  });
  const { hosts = [], privateHosts = [], maxBytes = 64 * 2 ** 20, seconds = 30, redirects = 3 } = rules;
  return { hosts: hosts.map(hostOf), privateHosts: privateHosts.map(hostOf), maxBytes, seconds, redirects };
}

/** As URLs spell it: lower case, IPv6 in brackets, special letters as punycode. */
function hostOf(text: string): string {
  const url = URL.canParse(`http://${text}/`) ? new URL(`http://${text}/`) : undefined;
  if (url?.pathname === '/' && url.username === '' && url.search === '' && url.hash === '' && text !== '')
    return url.host;
  throw new FaceXFormerError(
    'BAD_OPTION',
    `"${text}" names no host: write it like photos.example.org or 10.0.0.1:8080`,
  );
}
