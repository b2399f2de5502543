import { describe, expect, it } from 'vitest';
import { bytesSource } from '../../src/formats/byte-source.js';
import { joinScales, readWeight } from '../../src/formats/int8.js';
import { readSafetensorsHeader } from '../../src/formats/read-safetensors.js';
import { encodeSafetensors, type StoredTensor } from '../../src/formats/write-safetensors.js';

const weight: StoredTensor = {
  name: 'w',
  dtype: 'U8',
  shape: [3, 2], // [inputs, outputs]
  data: Uint8Array.of(128, 1, 129, 255, 127, 130),
};
const scales: StoredTensor = { name: 'w.scales', dtype: 'F32', shape: [2], data: Float32Array.of(0.5, 2) };

async function readFirst(...tensors: readonly StoredTensor[]): Promise<Float32Array> {
  const source = bytesSource(await encodeSafetensors(tensors));
  const entry = joinScales((await readSafetensorsHeader(source)).tensors).get('w')!;
  return readWeight(source, 'w', entry);
}

describe('a weight in eight bits', () => {
  it('is what its bytes say, output by output', async () => {
    expect(await readFirst(weight, scales)).toEqual(Float32Array.of(0, 0.5, -0.5, -254, 254, 4));
  });

  it('may lie in parts of its outputs', async () => {
    const parts = { ...weight, shape: [2, 3, 1], data: Uint8Array.of(128, 129, 127, 1, 255, 130) };
    expect(await readFirst(parts, scales)).toEqual(await readFirst(weight, scales));
  });

  it.each<[string, readonly StoredTensor[], string]>([
    ['without scales', [weight], 'without its 2 scales in "w.scales"'],
    ['with too few', [weight, { ...scales, shape: [1], data: Float32Array.of(1) }], 'without its 2 scales'],
    [
      'with scales in halves',
      [weight, { ...scales, dtype: 'F16', data: Uint16Array.of(1, 1) }],
      'without its 2',
    ],
    ['of four axes', [{ ...weight, shape: [1, 1, 3, 2] }, scales], 'has shape [1,1,3,2]'],
    ['with the scale 0', [weight, { ...scales, data: Float32Array.of(1, 0) }], 'has 0 as scale 1'],
    ['with a scale below', [weight, { ...scales, data: Float32Array.of(-1, 1) }], 'has -1 as scale 0'],
    ['with no number', [weight, { ...scales, data: Float32Array.of(1, Number.NaN) }], 'has NaN as scale 1'],
    ['with infinity', [weight, { ...scales, data: Float32Array.of(Infinity, 1) }], 'has Infinity as scale 0'],
  ])('%s is refused by name', async (_, tensors, message) => {
    await expect(readFirst(...tensors)).rejects.toMatchObject({
      code: 'BAD_CHECKPOINT',
      details: { name: 'w' },
      message: expect.stringContaining(message),
    });
  });
});
