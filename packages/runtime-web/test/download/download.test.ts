import { expect, it, vi } from 'vitest';
import { download } from '../../src/download/download.ts';

const tooLong = { code: 'DOWNLOAD_FAILED', message: expect.stringContaining('maxBytes') };

it('ends an answer that does not end', async () => {
  const cancel = vi.fn();
  const pull = (controller: ReadableStreamDefaultController) => controller.enqueue(new Uint8Array(1000));
  vi.stubGlobal('fetch', async () => new Response(new ReadableStream({ pull, cancel })));
  await expect(download('/model', { maxBytes: 5000 })).rejects.toMatchObject(tooLong);
  expect(cancel).toHaveBeenCalledOnce();
});

it('reads nothing of what is announced to be too long, and all of what is not', async () => {
  const pull = vi.fn();
  const headers = { 'content-length': '5001' };
  const body = new ReadableStream({ pull }, { highWaterMark: 0 });
  vi.stubGlobal('fetch', async () => new Response(body, { headers }));
  await expect(download('/model', { maxBytes: 5000 })).rejects.toMatchObject(tooLong);
  expect(pull).not.toHaveBeenCalled();
  vi.stubGlobal('fetch', async () => new Response(new Uint8Array(5000)));
  expect((await download('/model', { maxBytes: 5000 })).size).toBe(5000);
});

it('names an address without what may be a secret', async () => {
  vi.stubGlobal('fetch', async () => new Response('', { status: 403, statusText: 'Forbidden' }));
  await expect(download('https://host/model?token=1234#part', { maxBytes: 5000 })).rejects.toMatchObject({
    message: 'https://host/model cannot be loaded: the server answered 403 Forbidden',
  });
});
