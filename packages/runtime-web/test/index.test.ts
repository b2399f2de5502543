import { describe, expect, it } from 'vitest';
import { urlSource, webRuntime } from '../src/index.ts';

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
    await expect(opening).rejects.toMatchObject({
      code: 'UNSUPPORTED',
      message: expect.stringContaining('nodeRuntime'),
    });
  });

  it('says that a model cannot be loaded', async () => {
    await expect(urlSource('http://127.0.0.1:1/model')).rejects.toMatchObject({ code: 'DOWNLOAD_FAILED' });
  });
});
