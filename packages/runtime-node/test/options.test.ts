import { describe, expect, it } from 'vitest';
import { type NodeRuntimeOptions, nodeRuntime } from '../src/index.ts';

describe('the options of nodeRuntime', () => {
  it.each([
    { device: 'gpu' },
    { device: 'wasm' },
    { threads: 1025 },
    { maxPixels: -1 },
    { workers: 1.5 },
    { workers: -1 },
    { maxBytes: Number.POSITIVE_INFINITY },
  ])('refuses %j', (options) => {
    const [name] = Object.keys(options);
    expect(() => nodeRuntime(options as NodeRuntimeOptions)).toThrow(
      expect.objectContaining({ code: 'BAD_OPTION', message: expect.stringContaining(name!) }),
    );
  });
});
