<<<<<<< HEAD

import { FaceXFormerError } from '@facexformer/core';
import { type ResumableFile, resumeFile } from '@facexformer/files';
import { networkReason } from './network-reason.js';
import { requestRest } from './request-rest.js';
import { holds, parseSha256, sha256Of } from './sha256.js';

=======

import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { FaceXFormerError } from '@facexformer/core';

>>>>>>> ebdaa34 (cli: shared files in folders by concept, no folder cycle)

export interface DownloadOptions {
  readonly url: string;
  readonly sha256: string;
  readonly path: string;
  readonly signal: AbortSignal;
<<<<<<< HEAD
  /** Length of the file, if it is known; else what the server announces. No byte more is written. */
  readonly bytes?: number | undefined;
  /** How long the server may send nothing, in milliseconds; a minute by default. */
  readonly silence?: number;
  /** Bytes so far and in total. */
  readonly onProgress?: (done: number, total: number) => void;
=======
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
>>>>>>> ebdaa34 (cli: shared files in folders by concept, no folder cycle)
}

/**
 * Downloads a file to its place, or leaves no trace of a wrong one. An interrupted download goes on where it
<<<<<<< HEAD
 * stopped. Returns false when the right file was there already, which then is not touched.
 * @throws {FaceXFormerError} `DOWNLOAD_FAILED`, `ABORTED`, `LOCKED` while another process downloads it, `BAD_OPTION`
 *   for what is no SHA-256 or no address of the web, `WRITE_FAILED`.
 */
export async function download(options: DownloadOptions): Promise<boolean> {
  const { url, path } = options;
  const sha256 = parseSha256(options.sha256);
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw new FaceXFormerError(
      'BAD_OPTION',
      `"${url}" is not an address that starts with https:// or http://`,
    );
  }
  if (await holds(path, sha256)) return false;
  await using file = await resumeFile(path);
  if (await holds(path, sha256)) return false; // another process was faster
  await fetchRest(file, options);
  const actual = await sha256Of(file.partial);
  if (actual !== sha256) {
    await file.discard();
    throw failed(`${url} has SHA-256 ${actual}, expected ${sha256}; it was deleted`);
  }
  await file.commit();
  return true;
}

/** Fetches what the file lacks. */
async function fetchRest(file: ResumableFile, options: DownloadOptions): Promise<void> {
  const { url, signal, bytes, silence = 60_000, onProgress } = options;
  if (bytes !== undefined && file.size === bytes) return; // the hash decides
  const silent = new AbortController();
  const waiting = setTimeout(() => silent.abort(), silence);
  try {
    const rest = await requestRest(url, file.size, AbortSignal.any([signal, silent.signal]));
    if (!rest) return; // nothing is missing; the hash decides
    if (bytes !== undefined && rest.total !== bytes) {
      throw failed(`${url} announces ${rest.total} bytes, expected ${bytes}`);
    }
    if (rest.start !== file.size) await file.restart();
    for await (const chunk of rest.body) {
      waiting.refresh();
      if (file.size + chunk.byteLength > rest.total) {
        await file.discard();
        throw failed(`${url} sends more than the ${rest.total} bytes that it announced`);
      }
      await file.append(chunk);
      onProgress?.(file.size, rest.total);
    }
    if (file.size < rest.total) throw new Error(`${rest.total - file.size} bytes are missing`);
  } catch (cause) {
    if (signal.aborted) {
      throw new FaceXFormerError('ABORTED', 'the download was interrupted; run it again to go on', { cause });
    }
    if (FaceXFormerError.isInstance(cause)) throw cause;
    const reason = silent.signal.aborted ? `nothing came for ${silence / 1000} s` : networkReason(cause);
    const what =
      file.size > 0 ? `broke off: ${reason}; run it again to go on` : `cannot be fetched: ${reason}`;
    throw failed(`${url} ${what}`, cause);
  } finally {
    clearTimeout(waiting);
  }
}

const failed = (message: string, cause?: unknown): FaceXFormerError =>
  new FaceXFormerError('DOWNLOAD_FAILED', message, { cause });
=======
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
>>>>>>> ebdaa34 (cli: shared files in folders by concept, no folder cycle)
