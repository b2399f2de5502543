import { testImage } from '@facexformer/test-utils/portable-image';
import { describe, expect, it } from 'vitest';
import { createCutDetector } from '../../src/stream/scene.js';

const grey = (value: number) => ({ width: 64, height: 48, data: new Uint8Array(64 * 48 * 3).fill(value) });

describe('createCutDetector', () => {
  it('sees no cut at the start, in noise, or in somebody who moves', () => {
    const isCut = createCutDetector();
    const photo = testImage(3, 64, 48);
    expect(isCut(photo)).toBe(false);
    const noisy = { ...photo, data: photo.data.map((value, i) => Math.max(0, value - (i % 11))) };
    expect(isCut(noisy)).toBe(false);
    const moved = { ...grey(100), data: grey(100).data.fill(250, 0, 64 * 12 * 3) };
    const still = createCutDetector();
    still(grey(100));
    expect(still(moved)).toBe(false);
  });

  it('sees the light go on, once', () => {
    const isCut = createCutDetector();
    expect([grey(20), grey(20), grey(120), grey(120)].map(isCut)).toEqual([false, false, true, false]);
  });
});
