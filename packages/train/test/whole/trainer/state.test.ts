import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { loadState, saveState } from '../../../src/whole/trainer/state.js';

const folder = mkdtempSync(join(tmpdir(), 'fxf-state-'));
afterAll(() => rmSync(folder, { recursive: true }));
const path = join(folder, 'state.bin');

const numbers = (start: number) => Float32Array.of(start, start + 0.5);
const state = {
  step: 7,
  seconds: 1.5,
  parameters: numbers(1),
  first: numbers(2),
  second: numbers(3),
  average: numbers(4),
};

const refusal = (text: string | RegExp) =>
  expect.objectContaining({ code: 'BAD_CHECKPOINT', message: expect.stringMatching(text) });

describe('the state of a run', () => {
  it('survives the way through a file', async () => {
    await saveState(path, state);
    expect(await loadState(path, 2)).toEqual(state);
  });

  it('is refused with any bit turned over, and with any length but its own', async () => {
    await saveState(path, state);
    const whole = readFileSync(path);
    for (let at = 0; at < whole.length; at += 1) {
      const damaged = Buffer.from(whole);
      damaged[at]! ^= 1 << (at % 8);
      writeFileSync(path, damaged);
      await expect(loadState(path, 2), `byte ${at}`).rejects.toEqual(refusal('hash differs'));
    }
    for (const length of [0, 23, 24, whole.length - 1]) {
      writeFileSync(path, whole.subarray(0, length));
      await expect(loadState(path, 2)).rejects.toEqual(
        refusal(`it has ${length} bytes, 2 parameters need 88`),
      );
    }
  });

  it.each([
    ['a step that is no number', { step: Number.NaN }, 'step NaN'],
    ['a negative step', { step: -1 }, 'step -1'],
    ['a fraction of a step', { step: 0.5 }, 'step 0.5'],
    ['a step that nobody reaches', { step: 1e18 }, 'step 1000000000000000000'],
    ['a time that is no number', { seconds: Number.NaN }, 'NaN seconds'],
    ['parameters that are no numbers', { parameters: Float32Array.of(0, Number.NaN) }, 'not finite'],
    ['an infinite moment', { second: Float32Array.of(Number.POSITIVE_INFINITY, 0) }, 'not finite'],
  ])('is refused with %s', async (_, change, text) => {
    await saveState(path, { ...state, ...change });
    await expect(loadState(path, 2)).rejects.toEqual(refusal(text));
  });
});
