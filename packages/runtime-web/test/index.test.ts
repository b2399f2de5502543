import { describe, expect, it } from 'vitest';
import { blobSource, urlSource, webRuntime } from '../src/index.ts';

/** Frameworks that render on a server import everything there; Node has no document, no canvas and no GPU. */
describe('on a server', () => {
  it('can be imported and made, and decodes pixels', async () => {
    expect('document' in globalThis).toBe(false);
    const pixels = { width: 1, height: 1, data: Uint8Array.from([1, 2, 3]) };
    expect(await webRuntime().decode(pixels)).toBe(pixels);
  });

  it('says what it cannot do', async () => {
    const photo = webRuntime().decode(new Blob(['x']));
    await expect(photo).rejects.toMatchObject({ code: 'UNSUPPORTED' });
    const opening = webRuntime({ device: 'webgpu' }).open(async () => ({ bytes: new Uint8Array(0) }));
    await expect(opening).rejects.toMatchObject({ code: 'DEVICE_UNAVAILABLE' });
  });

  it('reads blobs', async () => {
    const source = blobSource(new Blob([Uint8Array.from([1, 2, 3, 4])]));
    expect([...(await source.read(1, 2))]).toEqual([2, 3]);
    await expect(source.read(3, 2)).rejects.toMatchObject({ code: 'BAD_CHECKPOINT' });
    await expect(urlSource('http://127.0.0.1:1/model')).rejects.toMatchObject({ code: 'DOWNLOAD_FAILED' });
  });
});
