import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fixtureJson, fixturePath } from '../../../../fixtures/load.js';
import { bytesSource } from '../../src/checkpoint/source.js';
import { readTorchZip } from '../../src/checkpoint/torch-zip.js';
import { FaceXFormerError } from '../../src/errors.js';

interface Expected {
  readonly shape: readonly number[];
  readonly first: readonly number[];
  readonly sum: number;
}

const bytes = new Uint8Array(readFileSync(fixturePath('mini_ckpt.pt')));

describe('readTorchZip', () => {
  it('reads a checkpoint written by torch.save exactly, strided views and half precision included', async () => {
    const { tensors, read } = await readTorchZip(bytesSource(bytes));
    const expected = fixtureJson<Record<string, Expected>>('mini_ckpt.json');
    expect([...tensors.keys()].sort()).toEqual(Object.keys(expected).sort());
    for (const [name, { shape, first, sum }] of Object.entries(expected)) {
      const values = await read(name);
      expect(tensors.get(name)!.shape, name).toEqual(shape);
      expect([...values.slice(0, first.length)], name).toEqual(first);
      expect(
        values.reduce((total, value) => total + value, 0),
        name,
      ).toBeCloseTo(sum, 6);
    }
  });

  it('answers every truncation with a typed error', async () => {
    for (let length = 4; length < bytes.length; length += 5003) {
      const cut = bytesSource(bytes.subarray(0, length));
      const error = await readTorchZip(cut).catch((reason: unknown) => reason);
      expect(FaceXFormerError.isInstance(error, 'BAD_CHECKPOINT'), `${length} bytes`).toBe(true);
    }
  });

  it('never fails untyped, whatever byte of the directory or pickle is damaged', async () => {
    for (let seed = 0; seed < 400; seed += 1) {
      const damaged = bytes.slice();
      const at = (seed * 7919) % damaged.length;
      damaged[at] = damaged[at]! ^ (1 << (seed % 8));
      const store = await readTorchZip(bytesSource(damaged)).catch((reason: unknown) => reason);
      if (store instanceof Error)
        expect(FaceXFormerError.isInstance(store), `byte ${at}: ${store}`).toBe(true);
    }
  });
});
