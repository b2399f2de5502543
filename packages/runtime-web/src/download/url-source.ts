import { type ByteSource, FaceXFormerError, throwIfAborted } from '@facexformer/core';
import { checkOptions, demand, FUNCTION, SIGNAL, TEXT, whole } from '@facexformer/core/arguments';
import { kindOf } from '@facexformer/core/formats';
import { ADDRESS } from '../contract/options.js';
import { blobSource } from './blob-source.js';
import { type DownloadProgress, download, nameOf } from './download.js';

/** Choices of {@link urlSource}. */
export interface UrlSourceOptions {
  /** SHA-256 of the file: `sha256:` and 64 hexadecimal digits. With it, the file is verified and cached. */
  readonly hash?: string;
  /** Most bytes that the file may have; 2 GiB by default. */
  readonly maxBytes?: number;
  /** Called as bytes arrive. */
  readonly onProgress?: (progress: DownloadProgress) => void;
  readonly signal?: AbortSignal;
}

/** A model of half a billion parameters. */
const MOST_BYTES = 2 ** 31;

/** Name of our cache in the browser's Cache API; `caches.delete(modelCache)` deletes it. */
export const modelCache = 'facexformer';

/**
 * Loads a file. With a `hash` it comes from the Cache API if it was loaded before, whatever its address was then.
 * @throws {FaceXFormerError} `DOWNLOAD_FAILED` when the network or the server fails or the hash differs,
 * `BAD_OPTION` for a malformed hash, `UNSUPPORTED` for a hash on an insecure page, `ABORTED`.
 */
export async function urlSource(url: string | URL, options: UrlSourceOptions = {}): Promise<ByteSource> {
  demand(url, ADDRESS, 'urlSource: url');
  checkOptions('urlSource', options, {
    hash: TEXT,
    maxBytes: whole(1),
    onProgress: FUNCTION,
    signal: SIGNAL,
  });
  const { hash, maxBytes = MOST_BYTES, onProgress, signal } = options;
  const limited = { ...options, maxBytes };
  throwIfAborted(signal);
  if (hash === undefined) return blobSource(await download(url, limited));
  checkHash(hash);
  const cache = await globalThis.caches?.open(modelCache).catch(() => undefined);
  const key = `/.facexformer/${hash.replace(':', '-')}`;
  const kept = await cache?.match(key).then((response) => response?.blob());
  throwIfAborted(signal);
  if (kept && (await hashOf(kept)) === hash) {
    onProgress?.({ loaded: kept.size, total: kept.size, cached: true });
    return blobSource(kept);
  }
  const blob = await download(url, limited);
  const actual = await hashOf(blob);
  if (actual !== hash) {
    throw new FaceXFormerError(
      'DOWNLOAD_FAILED',
      `${nameOf(url)} is not the expected file: its hash is ${actual}`,
      {
        details: { expected: hash, actual },
      },
    );
  }
  throwIfAborted(signal);
  // If the disk is full, the file is loaded again next time.
  await cache?.put(key, new Response(blob)).catch(() => undefined);
  return blobSource(blob);
}

function checkHash(hash: string): void {
  if (!/^sha256:[0-9a-f]{64}$/.test(hash)) {
    throw new FaceXFormerError(
      'BAD_OPTION',
      `hash must be "sha256:" and 64 hexadecimal digits, not ${kindOf(hash)}`,
    );
  }
  if (!globalThis.crypto?.subtle) {
    throw new FaceXFormerError(
      'UNSUPPORTED',
      'this page cannot verify a hash: serve it on https or localhost',
    );
  }
}

async function hashOf(blob: Blob): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', await blob.arrayBuffer());
  const digits = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0'));
  return `sha256:${digits.join('')}`;
}
