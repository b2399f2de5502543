import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { FaceXFormerError } from '@facexformer/core';

export interface DownloadOptions {
  readonly url: string;
  readonly sha256: string;
  readonly path: string;
  readonly signal: AbortSignal;
  /** Bytes so far and in total, if the server tells. */
  readonly onProgress?: (done: number, total: number | undefined) => void;
}

const sizeIfAny = async (path: string): Promise<number | undefined> =>
  stat(path).then(
    ({ size }) => size,
    () => undefined,
  );

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

/**
 * Downloads a file to its place, or leaves no trace of a wrong one. An interrupted download goes on where it
 * stopped. Returns false when the right file was there already.
 * @throws {FaceXFormerError} `DOWNLOAD_FAILED`, `ABORTED`.
 */
export async function download({ url, sha256, path, signal, onProgress }: DownloadOptions): Promise<boolean> {
  if ((await sizeIfAny(path)) !== undefined && (await sha256Of(path)) === sha256) return false;
  await mkdir(dirname(path), { recursive: true });
  const partial = `${path}.partial`;
  try {
    await fetchRest(url, partial, signal, onProgress);
  } catch (cause) {
    if (signal.aborted)
      throw new FaceXFormerError('ABORTED', 'the download was interrupted; run it again to go on', { cause });
    if (FaceXFormerError.isInstance(cause)) throw cause;
    const reason = (cause as Error).message;
    throw new FaceXFormerError('DOWNLOAD_FAILED', `${url} broke off (${reason}); run it again to go on`, {
      cause,
    });
  }
  const actual = await sha256Of(partial);
  if (actual !== sha256) {
    await rm(partial);
    throw new FaceXFormerError(
      'DOWNLOAD_FAILED',
      `${url} has SHA-256 ${actual}, expected ${sha256}; it was deleted`,
    );
  }
  await rename(partial, path);
  return true;
}

async function fetchRest(
  url: string,
  partial: string,
  signal: AbortSignal,
  onProgress: DownloadOptions['onProgress'],
): Promise<void> {
  const have = (await sizeIfAny(partial)) ?? 0;
  const response = await fetch(url, { signal, headers: have > 0 ? { range: `bytes=${have}-` } : {} });
  if (response.status === 416) return; // nothing is missing; the hash decides
  if (!response.ok || !response.body) {
    throw new FaceXFormerError('DOWNLOAD_FAILED', `${url} answers ${response.status} ${response.statusText}`);
  }
  const resumed = response.status === 206; // otherwise the server sends it all again
  const length = Number(response.headers.get('content-length')) || undefined;
  let done = resumed ? have : 0;
  const total = length === undefined ? undefined : length + done;
  const body = Readable.fromWeb(response.body as ReadableStream<Uint8Array>);
  body.on('data', (chunk: Uint8Array) => {
    done += chunk.byteLength;
    onProgress?.(done, total);
  });
  await pipeline(body, createWriteStream(partial, { flags: resumed ? 'a' : 'w' }), { signal });
}
