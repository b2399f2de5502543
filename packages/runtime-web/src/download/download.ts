import { FaceXFormerError, throwIfAborted } from '@facexformer/core';

/** How far a download is, in bytes. */
export interface DownloadProgress {
  readonly loaded: number;
  /** Absent when the server does not say. */
  readonly total?: number;
  /** True when the file came from the cache and nothing was loaded. */
  readonly cached: boolean;
}

/**
 * Loads a file over the network.
 * @throws {FaceXFormerError} `DOWNLOAD_FAILED`, `ABORTED`.
 */
export async function download(
  url: string | URL,
  options: {
    readonly maxBytes: number;
    readonly onProgress?: (progress: DownloadProgress) => void;
    readonly signal?: AbortSignal;
  },
): Promise<Blob> {
  const { maxBytes, onProgress, signal } = options;
  try {
    const response = await fetch(url, signal ? { signal } : {});
    if (!response.ok) throw failed(url, `the server answered ${response.status} ${response.statusText}`);
    if (response.headers.get('content-type')?.startsWith('text/html')) {
      throw failed(url, 'the server answered with a web page; check the address');
    }
    const encoded = response.headers.has('content-encoding');
    const length = encoded ? null : response.headers.get('content-length');
    const total = length === null ? {} : { total: Number(length) };
    const tooLong = () => failed(url, `it has more than the ${maxBytes} bytes that maxBytes allows`);
    if (total.total !== undefined && total.total > maxBytes) {
      await response.body?.cancel();
      throw tooLong();
    }
    const parts: Uint8Array<ArrayBuffer>[] = [];
    let loaded = 0;
    for (const reader = response.body!.getReader(); ; ) {
      const { done, value } = await reader.read();
      if (done) break;
      parts.push(value);
      loaded += value.byteLength;
      if (loaded > maxBytes) {
        await reader.cancel();
        throw tooLong();
      }
      onProgress?.({ loaded, ...total, cached: false });
    }
    if (total.total !== undefined && total.total !== loaded)
      throw failed(url, 'the download is incomplete; try again');
    return new Blob(parts);
  } catch (cause) {
    throwIfAborted(signal);
    if (FaceXFormerError.isInstance(cause)) throw cause;
    throw failed(url, (cause as Error).message, cause);
  }
}

/** An address as messages name it: what stands behind `?` may be a secret. */
export const nameOf = (url: string | URL): string => String(url).replace(/[?#].*/s, '');

const failed = (url: string | URL, why: string, cause?: unknown): FaceXFormerError =>
  new FaceXFormerError('DOWNLOAD_FAILED', `${nameOf(url)} cannot be loaded: ${why}`, { cause });
