import { FaceXFormerError } from '@facexformer/core';
import { type ResumableFile, resumeFile } from '@facexformer/files';
import { checkAddress, nameOfAddress } from './address.js';
import { networkReason } from './network-reason.js';
import { requestRest } from './request-rest.js';
import { holds, parseSha256, sha256Of } from './sha256.js';

export interface DownloadOptions {
  readonly url: string;
  readonly sha256: string;
  readonly path: string;
  readonly signal: AbortSignal;
  /** Length of the file, if it is known; else what the server announces. No byte more is written. */
  readonly bytes?: number | undefined;
  /** Bytes so far and in total. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** How long the server may send nothing, in milliseconds. */
const SILENCE = 60_000;

/**
 * Downloads a file to its place, or leaves no trace of a wrong one. An interrupted download goes on where it
 * stopped. Returns false when the right file was there already, which then is not touched.
 * @throws {FaceXFormerError} `DOWNLOAD_FAILED`, `ABORTED`, `LOCKED` while another process downloads it, `BAD_OPTION`
 *   for what is no SHA-256 or no address of the web, `WRITE_FAILED`.
 */
export async function download(options: DownloadOptions): Promise<boolean> {
  const { path } = options;
  const sha256 = parseSha256(options.sha256);
  const url = checkAddress(options.url);
  if (await holds(path, sha256)) return false;
  await using file = await resumeFile(path);
  if (await holds(path, sha256)) return false; // another process was faster
  await fetchRest(file, url, options);
  const actual = await sha256Of(file.partial);
  if (actual !== sha256) {
    await file.discard();
    throw failed(`${nameOfAddress(url)} has SHA-256 ${actual}, expected ${sha256}; it was deleted`);
  }
  await file.commit();
  return true;
}

/** Fetches what the file lacks. */
async function fetchRest(file: ResumableFile, url: URL, options: DownloadOptions): Promise<void> {
  const { signal, bytes, onProgress } = options;
  const name = nameOfAddress(url);
  if (bytes !== undefined && file.size === bytes) return; // the hash decides
  const silent = new AbortController();
  const waiting = setTimeout(() => silent.abort(), SILENCE);
  try {
    const rest = await requestRest(url, file.size, AbortSignal.any([signal, silent.signal]));
    if (!rest) return; // nothing is missing; the hash decides
    if (bytes !== undefined && rest.total !== bytes) {
      throw failed(`${name} announces ${rest.total} bytes, expected ${bytes}`);
    }
    if (rest.start !== file.size) await file.restart();
    for await (const chunk of rest.body) {
      waiting.refresh();
      if (file.size + chunk.byteLength > rest.total) {
        await file.discard();
        throw failed(`${name} sends more than the ${rest.total} bytes that it announced`);
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
    const reason = silent.signal.aborted ? `nothing came for ${SILENCE / 1000} s` : networkReason(cause);
    const what =
      file.size > 0 ? `broke off: ${reason}; run it again to go on` : `cannot be fetched: ${reason}`;
    throw failed(`${name} ${what}`, cause);
  } finally {
    clearTimeout(waiting);
  }
}

const failed = (message: string, cause?: unknown): FaceXFormerError =>
  new FaceXFormerError('DOWNLOAD_FAILED', message, { cause });
