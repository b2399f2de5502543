import { lookup as lookUp } from 'node:dns';
import { Agent as HttpAgent, type IncomingMessage, request as requestHttp } from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { FaceXFormerError } from '@facexformer/core';
import { checkByteLength } from '@facexformer/core/runtime';
import { type CheckedRules, checkRules, type FetchRules } from './fetch-rules.js';
import { isSpecialAddress } from './special-addresses.js';

/** Fetches photos from allowed hosts. */
export interface PhotoFetcher {
  /**
   * The bytes at an http or https address.
   * @throws {FaceXFormerError} `BAD_OPTION` for a host or an address that is not allowed, `BAD_IMAGE` for too many
   *   bytes, `NOT_FOUND`, `DOWNLOAD_FAILED`.
   */
  fetch(address: string): Promise<Uint8Array>;
  /** Closes idle connections. */
  close(): void;
}

/**
 * Fetches under rules that hold for each hop of a redirect. Names are looked up once, all their addresses are checked,
 * and the connection goes to one of these: a name that says something else a moment later gains nothing. Neither
 * proxies nor cookies nor passwords are used.
 * @param resolve how names are looked up, as `dns.lookup` with `all`
 */
export function createPhotoFetcher(options: FetchRules = {}, resolve: typeof lookUp = lookUp): PhotoFetcher {
  const rules = checkRules(options);
  const agents = {
    'http:': { request: requestHttp, agent: new HttpAgent({ keepAlive: true }) },
    'https:': { request: requestHttps, agent: new HttpsAgent({ keepAlive: true }) },
  };

  const ask = (url: URL, signal: AbortSignal): Promise<IncomingMessage> => {
    const mayBePrivate = rules.privateHosts.includes(url.host);
    const lookup = checkedLookup(url, mayBePrivate, resolve);
    const { request, agent } = agents[url.protocol as keyof typeof agents];
    return new Promise((answer, reject) => {
      // What is packed would have to be unpacked under a limit of its own: it is not asked for.
      const headers = { accept: 'image/*', 'accept-encoding': 'identity', 'user-agent': 'facexformer' };
      request(url, { agent, lookup, signal, headers }, answer).on('error', reject).end();
    });
  };

  const follow = async (address: string, signal: AbortSignal): Promise<Uint8Array> => {
    let url = new URL(address);
    for (let left = rules.redirects; ; left -= 1) {
      checkHost(url, rules);
      const answer = await ask(url, signal);
      const { statusCode = 0, headers } = answer;
      if (statusCode === 200) return readBody(answer, nameOf(url), rules);
      answer.destroy();
      const isRedirect = statusCode > 300 && statusCode < 400 && headers.location !== undefined;
      if (!isRedirect || !URL.canParse(headers.location!, url.href)) throw refused(url, statusCode);
      if (left === 0) throw failed(`${nameOf(url)} redirects more than ${rules.redirects} times`);
      url = new URL(headers.location!, url);
    }
  };

  return {
    async fetch(address) {
      const signal = AbortSignal.timeout(rules.seconds * 1000);
      try {
        return await follow(address, signal);
      } catch (cause) {
        if (FaceXFormerError.isInstance(cause)) throw cause;
        const name = nameOf(new URL(address));
        if (signal.aborted) throw failed(`${name} took longer than ${rules.seconds} s`);
        throw failed(`${name} cannot be fetched: ${(cause as Error).message}`, cause);
      }
    },
    close() {
      for (const { agent } of Object.values(agents)) agent.destroy();
    },
  };
}

/** @throws {FaceXFormerError} `BAD_OPTION` for another protocol or host, and for the number of a private address. */
function checkHost(url: URL, { hosts, privateHosts }: CheckedRules): void {
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new FaceXFormerError(
      'BAD_OPTION',
      `a redirect leads to ${url.protocol}, which is not fetched: only https: and http: are`,
    );
  }
  if (privateHosts.includes(url.host)) return;
  if (!hosts.includes(url.host)) {
    throw new FaceXFormerError(
      'BAD_OPTION',
      `the host ${url.host} is not allowed: name it to the worker to allow it`,
    );
  }
  const literal = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(literal) && isSpecialAddress(literal)) throw isPrivate(url); // needs no lookup, so none would check it
}

/** Gives a name's addresses only if all of them may be connected to. */
function checkedLookup(url: URL, mayBePrivate: boolean, resolve: typeof lookUp): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, '');
      if (!mayBePrivate && addresses.some(({ address }) => isSpecialAddress(address))) {
        return callback(isPrivate(url), '');
      }
      if (options.all) return callback(null, addresses);
      const [first] = addresses;
      callback(null, first?.address ?? '', first?.family);
    });
  };
}

async function readBody(
  answer: IncomingMessage,
  name: string,
  { maxBytes }: CheckedRules,
): Promise<Uint8Array> {
  const limits = { maxBytes, maxPixels: Number.POSITIVE_INFINITY };
  const { 'content-encoding': packed = 'identity', 'content-length': declared = '1' } = answer.headers;
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    if (packed !== 'identity') throw failed(`${name} comes packed, which was not asked for`);
    checkByteLength(name, Number(declared), limits);
    for await (const chunk of answer as AsyncIterable<Buffer>) {
      length += chunk.length;
      checkByteLength(name, length, limits);
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  } catch (error) {
    answer.destroy();
    throw error;
  }
}

/** An address as messages name it: what stands behind `?` may be a secret. */
const nameOf = (url: URL): string => `${url.origin}${url.pathname}`.slice(0, 150);

const isPrivate = (url: URL): FaceXFormerError =>
  new FaceXFormerError(
    'BAD_OPTION',
    `the host ${url.host} is at a private address: name it to the worker as a private host to allow it`,
  );

const refused = (url: URL, status: number): FaceXFormerError =>
  status === 404 || status === 410
    ? new FaceXFormerError('NOT_FOUND', `${nameOf(url)} does not exist (${status})`)
    : failed(`${nameOf(url)} answered with status ${status}`);

const failed = (message: string, cause?: unknown): FaceXFormerError =>
  new FaceXFormerError('DOWNLOAD_FAILED', message, { cause });
