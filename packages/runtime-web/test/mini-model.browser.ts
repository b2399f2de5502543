import { openCheckpoint } from '@facexformer/core';
import { miniModel, miniModelBytes, miniModelHash } from '@facexformer/model-mini';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { modelCache, urlSource } from '../src/index.ts';

beforeEach(() => caches.delete(modelCache));
afterEach(() => vi.restoreAllMocks());

it('the second visit opens the shipped weights without a request', async () => {
  const fetching = vi.spyOn(globalThis, 'fetch');
  const first = await urlSource(miniModel, { hash: miniModelHash });
  expect(first.size).toBe(miniModelBytes);
  expect(fetching).toHaveBeenCalledTimes(1);
  const asked = performance.getEntriesByName(miniModel).length;
  const checkpoint = await openCheckpoint(await urlSource(miniModel, { hash: miniModelHash }));
  expect(checkpoint.info.provenance.trained).toBe(true);
  expect(fetching).toHaveBeenCalledTimes(1);
  expect(performance.getEntriesByName(miniModel)).toHaveLength(asked);
});

it('weights with one flipped bit are refused, and not kept', async () => {
  const bytes = new Uint8Array(await (await fetch(miniModel)).arrayBuffer());
  bytes[bytes.length >> 1]! ^= 1;
  vi.spyOn(globalThis, 'fetch').mockImplementation(async () => new Response(bytes));
  await expect(urlSource(miniModel, { hash: miniModelHash })).rejects.toMatchObject({
    code: 'DOWNLOAD_FAILED',
    details: { expected: miniModelHash },
  });
  expect(await (await caches.open(modelCache)).keys()).toHaveLength(0);
});
