import { describe, expect, it } from 'vitest';
import { checkOptions } from '../../src/contract/options.ts';
import { type WebRuntimeOptions, webRuntime } from '../../src/index.ts';

describe('webRuntime', () => {
  it.each([
    { device: 'cuda' },
    { threads: 0 },
    { threads: 1.5 },
    { threads: Number.NaN },
    { maxPixels: -1 },
    { maxBytes: Number.POSITIVE_INFINITY },
    { assets: 'not a URL' },
  ])('refuses %j', (options) => {
    const [name] = Object.keys(options);
    expect(() => webRuntime(options as WebRuntimeOptions)).toThrow(
      expect.objectContaining({ code: 'BAD_OPTION', message: expect.stringContaining(name!) }),
    );
  });

  it('takes the folder of the assets with or without its slash', () => {
    expect(checkOptions({ assets: 'https://a.example/ort' }).assets).toBe('https://a.example/ort/');
    expect(checkOptions({ assets: new URL('https://a.example/ort/') }).assets).toBe('https://a.example/ort/');
  });
});
