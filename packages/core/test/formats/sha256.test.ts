import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { sha256 } from '../../src/formats/sha256.js';

describe('sha256', () => {
  it('equals the one of OpenSSL, at every length around the edges of a block', () => {
    for (let length = 0; length < 200; length += 1) {
      const bytes = Uint8Array.from({ length }, (_, i) => (i * 131 + length) & 0xff);
      const hash = sha256();
      hash.add(bytes);
      expect(hash.digest(), `${length}`).toBe(createHash('sha256').update(bytes).digest('hex'));
    }
  });

  it('does not depend on how the bytes are cut', () => {
    const bytes = Uint8Array.from({ length: 100_003 }, (_, i) => (i * i) & 0xff);
    const whole = createHash('sha256').update(bytes).digest('hex');
    for (const step of [1, 7, 63, 64, 65, 4096]) {
      const hash = sha256();
      for (let at = 0; at < bytes.length; at += step) hash.add(bytes.subarray(at, at + step));
      expect(hash.digest(), `${step}`).toBe(whole);
    }
  });
});
