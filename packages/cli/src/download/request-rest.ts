import { FaceXFormerError } from '@facexformer/core';
import { EnvHttpProxyAgent, fetch, type Response } from 'undici';
import { nameOfAddress } from './address.js';

/** What a server sends of a file. */
export interface Rest {
  readonly body: AsyncIterable<Uint8Array>;
  /** Where in the file it begins: 0 where the server does not know ranges. */
  readonly start: number;
  /** Length of the whole file. */
  readonly total: number;
}

/**
 * Asks for a file from byte `have` on; undefined when the server has nothing beyond that. Goes through the proxy that the
 * environment names (HTTPS_PROXY, HTTP_PROXY, NO_PROXY), which Node's own fetch leaves out by default.
 * @throws {FaceXFormerError} `DOWNLOAD_FAILED` for an answer without the file or without its length; what fetch
 *   throws.
 */
export async function requestRest(url: URL, have: number, signal: AbortSignal): Promise<Rest | undefined> {
  const headers = { 'accept-encoding': 'identity', ...(have > 0 && { range: `bytes=${have}-` }) };
  const dispatcher = new EnvHttpProxyAgent();
  const response = await fetch(url, { signal, headers, dispatcher }).finally(() => {
    void dispatcher.close(); // once the body has come
  });
  const { status, statusText, body } = response;
  const refuse = async (what: string): Promise<never> => {
    await body?.cancel();
    throw new FaceXFormerError('DOWNLOAD_FAILED', `${nameOfAddress(url)} ${what}`);
  };
  if (status === 416 && have > 0) {
    await body?.cancel();
    return undefined;
  }
  if (!response.ok || !body) return refuse(`answers ${status} ${statusText}`);
  const { start, total } = status === 206 ? rangeOf(response) : { start: 0, total: lengthOf(response) };
  if (start !== 0 && start !== have) return refuse(`sends from byte ${start} on, byte ${have} was asked for`);
  if (total === undefined) return refuse('does not say how long the file is');
  return { body, start, total };
}

/** "bytes 100-199/200" */
function rangeOf({ headers }: Response): { readonly start: number; readonly total: number | undefined } {
  const [, start, total] = /^bytes (\d+)-\d+\/(\d+)$/.exec(headers.get('content-range') ?? '') ?? [];
  return { start: Number(start ?? 0), total: total === undefined ? undefined : Number(total) };
}

function lengthOf({ headers }: Response): number | undefined {
  const length = headers.get('content-length');
  return length !== null && /^\d+$/.test(length) ? Number(length) : undefined;
}
