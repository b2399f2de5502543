import { describe, expect, it } from 'vitest';
import { checkRuntimeOptions, type RuntimeOptions } from '../../src/runtime/runtime-options.ts';

type Device = 'auto' | 'cpu';
const BOUNDS = { of: 'cpuRuntime', devices: ['auto', 'cpu'], threads: 8, pixels: 2 ** 30 } as const;
const check = (options: RuntimeOptions<Device>) =>
  checkRuntimeOptions<Device, RuntimeOptions<Device>>(options, BOUNDS, {});

describe('checkRuntimeOptions', () => {
  it('fills in the defaults', () => {
    const defaults = { device: 'auto', fallback: false, maxPixels: 100_000_000, maxBytes: 268_435_456 };
    expect(check({})).toEqual({ ...defaults, threads: undefined });
    expect(check({ device: 'cpu', threads: 8 })).toEqual({ ...defaults, device: 'cpu', threads: 8 });
  });

  it.each([
    { threads: 0 },
    { threads: 9 },
    { threads: 1.5 },
    { threads: Number.NaN },
    { maxPixels: -1 },
    { maxPixels: 2 ** 30 + 1 },
    { maxBytes: Number.POSITIVE_INFINITY },
  ])('refuses %j', (options) => {
    const [name, value] = Object.entries(options)[0]!;
    expect(() => check(options as RuntimeOptions<Device>)).toThrow(
      expect.objectContaining({
        code: 'BAD_OPTION',
        message: expect.stringMatching(new RegExp(`^cpuRuntime: option "${name}" must .*${value}`)),
      }),
    );
  });

  it('names what there is', () => {
    expect(() => check({ device: 'gpu' as 'cpu' })).toThrow('option "device" must be one of auto, cpu');
    expect(() => check({ thread: 1 } as object)).toThrow(
      'cpuRuntime has no option "thread": did you mean "threads"?',
    );
  });
});
