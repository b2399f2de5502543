import { fixtureUrl } from '@facexformer/test-utils/fixture-url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type DownloadProgress, modelCache, urlSource } from '../../src/index.ts';

const BYTES = Uint8Array.from({ length: 1000 }, (_, i) => i % 251);
/** By `python3 -c "import hashlib; print(hashlib.sha256(bytes(i % 251 for i in range(1000))).hexdigest())"`. */
const HASH = 'sha256:4e4c294b331f7a2099a379bec34b9f9fc03dc46ab465d998f4d683da53487e6d';

function serve(answer: () => Response) {
  return vi.spyOn(globalThis, 'fetch').mockImplementation(async () => answer());
}

const good = () => new Response(BYTES, { headers: { 'content-length': '1000' } });

describe('urlSource', () => {
  beforeEach(() => caches.delete(modelCache));
  afterEach(() => vi.restoreAllMocks());

  it('reads any part, tells progress, and refuses to read past the end', async () => {
    serve(good);
    const told: DownloadProgress[] = [];
    const source = await urlSource('/model', { onProgress: (progress) => told.push(progress) });
    expect(source.size).toBe(1000);
    expect([...(await source.read(500, 3))]).toEqual([...BYTES.slice(500, 503)]);
    expect(told.at(-1)).toEqual({ loaded: 1000, total: 1000, cached: false });
    await expect(source.read(999, 2)).rejects.toMatchObject({ code: 'BAD_CHECKPOINT' });
  });

  it('keeps what it verified, whatever the address', async () => {
    const fetching = serve(good);
    await urlSource('/model', { hash: HASH });
    const told: DownloadProgress[] = [];
    const source = await urlSource('/moved', { hash: HASH, onProgress: (progress) => told.push(progress) });
    expect(fetching).toHaveBeenCalledTimes(1);
    expect([...(await source.read(0, 1000))]).toEqual([...BYTES]);
    expect(told).toEqual([{ loaded: 1000, total: 1000, cached: true }]);
  });

  it('loads anew what was damaged in the cache', async () => {
    const fetching = serve(good);
    await urlSource('/model', { hash: HASH });
    const cache = await caches.open(modelCache);
    const [key] = await cache.keys();
    await cache.put(key!, new Response('damaged'));
    const source = await urlSource('/model', { hash: HASH });
    expect(source.size).toBe(1000);
    expect(fetching).toHaveBeenCalledTimes(2);
  });

  it('refuses another file, and does not keep it', async () => {
    serve(() => new Response('something else'));
    await expect(urlSource('/model', { hash: HASH })).rejects.toMatchObject({
      code: 'DOWNLOAD_FAILED',
      details: { expected: HASH },
    });
    expect(await (await caches.open(modelCache)).keys()).toHaveLength(0);
  });

  const failures: Record<string, [() => Response, RegExp]> = {
    'an error of the server': [
      () => new Response('', { status: 404, statusText: 'Not Found' }),
      /404 Not Found/,
    ],
    'a page instead of a file': [
      () => new Response('<html>', { headers: { 'content-type': 'text/html; charset=utf-8' } }),
      /web page/,
    ],
    'an incomplete answer': [
      () => new Response(BYTES.slice(1), { headers: { 'content-length': '1000' } }),
      /incomplete/,
    ],
    'no network': [
      () => {
        throw new TypeError('Failed to fetch');
      },
      /Failed to fetch/,
    ],
  };
  it.each(Object.keys(failures))('reports %s', async (what) => {
    const [answer, message] = failures[what]!;
    serve(answer);
    await expect(urlSource('/model')).rejects.toMatchObject({
      code: 'DOWNLOAD_FAILED',
      message: expect.stringMatching(message),
    });
  });

  it('stops when aborted while it loads', async () => {
    const controller = new AbortController();
    const loading = urlSource(fixtureUrl('astronaut.png'), {
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    await expect(loading).rejects.toMatchObject({ code: 'ABORTED' });
  });

  it('refuses a malformed hash', async () => {
    await expect(urlSource('/model', { hash: 'md5:1' })).rejects.toMatchObject({ code: 'BAD_OPTION' });
  });
});
