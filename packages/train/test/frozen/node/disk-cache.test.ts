import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { diskCache } from '../../../src/frozen/node/disk-cache.js';

let folder: string;
const path = (...names: readonly string[]): string => join(folder, ...names);
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cache-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('diskCache', () => {
  const bytes = (value: number): Uint8Array => new Uint8Array(100).fill(value);

  it('keeps entries over runs, forgets the oldest, and never its own', async () => {
    const place = path('cache');
    const first = await diskCache(place, { maxBytes: 350 });
    for (const [key, value] of [
      ['a', 1],
      ['b', 2],
      ['c', 3],
    ] as const) {
      await first.write(key, bytes(value));
      utimesSync(join(place, `${key}.features`), value, value);
    }
    await expect(first.write('d', bytes(4))).rejects.toMatchObject({ code: 'BAD_OPTION' });
    const second = await diskCache(place, { maxBytes: 350 });
    expect(await second.read('a', 98, 2)).toEqual(Uint8Array.of(1, 1));
    await second.write('d', bytes(4)); // a is in use, b is the oldest otherwise
    expect(readdirSync(place).sort()).toEqual(['a.features', 'c.features', 'd.features']);
    expect(await second.read('b', 0, 1)).toBeUndefined();
    expect(await second.read('c', 99, 2)).toBeUndefined(); // cut off
  });

  it('refuses a folder that cannot be', async () => {
    writeFileSync(path('file'), '');
    await expect(diskCache(path('file', 'x'))).rejects.toMatchObject({ code: 'WRITE_FAILED' });
    await expect(diskCache(path('x'), { maxBytes: 0 })).rejects.toMatchObject({ code: 'BAD_OPTION' });
  });
});
