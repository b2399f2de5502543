import { expect, it } from 'vitest';
import { foreign, messageOf } from '../../src/base/foreign.ts';
import { FaceXFormerError } from '../../src/index.ts';

it.each([
  [new Error('one\ntwo'), 'one'],
  ['broken', 'broken'],
  [Object.create(null), 'it threw an object'],
  [undefined, 'it threw nothing'],
  [{ message: 7 }, 'it threw 7'],
])('%# says in one line what was thrown', (thrown, message) => {
  expect(messageOf(thrown)).toBe(message);
});

it('cuts what may be a photo', () => {
  expect(messageOf(new Error('A'.repeat(1e6))).length).toBeLessThan(130);
});

it('types what others throw, keeps errors of ours, and tells an abort', async () => {
  const fails = (error: unknown, signal?: { aborted: boolean }) =>
    foreign('RUNTIME', 'it failed', () => Promise.reject(error), signal);
  await expect(fails(new TypeError('no'))).rejects.toMatchObject({
    code: 'RUNTIME',
    message: 'it failed: no',
  });
  const own = new FaceXFormerError('BUSY', 'full');
  await expect(fails(own)).rejects.toBe(own);
  await expect(fails(new Error('AbortError'), { aborted: true })).rejects.toMatchObject({ code: 'ABORTED' });
});
