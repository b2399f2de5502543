import { describe, expect, it } from 'vitest';
import { contractChecks } from '../../src/conformance/contract.ts';
import type { Runtime } from '../../src/index.ts';
import { ortSession } from '../../src/runtime/ort-session.ts';

/** A careless engine: answers anything with the same numbers. */
const careless: Runtime = {
  name: 'careless',
  decode: async (pixels) => pixels,
  open: async (model) => {
    await model('portable', { external: false });
    return ortSession(
      {
        inputNames: ['x'],
        outputNames: ['y'],
        inputMetadata: [{ name: 'x', isTensor: true, shape: ['batch', 3] }],
        run: async () => ({ y: { dims: [1, 2], data: Float32Array.from([16.5, 21]) } }),
        release: async () => undefined,
      },
      'careless',
      (data) => data,
    );
  },
};

describe('contractChecks', () => {
  it('tells what a careless runtime keeps and what it does not', async () => {
    const outcomes = await Promise.all(
      contractChecks.map(({ name, run }) =>
        run(careless).then(
          () => `ok: ${name}`,
          (error: Error) => `${name}: ${error.message}`,
        ),
      ),
    );
    expect(outcomes).toEqual([
      expect.stringMatching(/^runs a graph.*: dims: got \[1,2\], expected \[3,2\]$/),
      expect.stringMatching(/^ok: keeps concurrent runs apart/),
      expect.stringMatching(/^ok: refuses feeds/),
      expect.stringMatching(
        /^refuses what is not a model.*three bytes as a model: got "success", expected "RUNTIME"$/,
      ),
      expect.stringMatching(/^stops when aborted: open: got "success", expected "ABORTED"$/),
      expect.stringMatching(/^ok: can be disposed/),
      expect.stringMatching(/^takes pixels.*too few bytes: got "success", expected "BAD_IMAGE"$/),
    ]);
  });
});
