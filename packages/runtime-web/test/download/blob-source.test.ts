import { describe, expect, it } from 'vitest';
import { blobSource } from '../../src/index.ts';

describe('blobSource', () => {
  const source = blobSource(new Blob([Uint8Array.from([1, 2, 3, 4])]));

  it('reads any part', async () => {
    expect(source.size).toBe(4);
    expect([...(await source.read(1, 2))]).toEqual([2, 3]);
  });

  it.each([
    [3, 2],
    [-1, 2],
    [0, Number.NaN],
  ])('refuses to read %i, %i', async (offset, length) => {
    await expect(source.read(offset, length)).rejects.toMatchObject({ code: 'BAD_CHECKPOINT' });
  });
});
