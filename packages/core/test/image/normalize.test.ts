import { createHash } from 'node:crypto';
import { testImage } from '@facexformer/test-utils/portable-image';
import { describe, expect, it } from 'vitest';
import { normalizeInto } from '../../src/image/normalize.ts';

const imagenet = { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] } as const;
const sha256 = ({ buffer, byteOffset, byteLength }: Float32Array): string =>
  createHash('sha256')
    .update(new Uint8Array(buffer, byteOffset, byteLength))
    .digest('hex');

/** Every byte value in each channel. */
const ramp = {
  width: 16,
  height: 16,
  data: Uint8Array.from({ length: 768 }, (_, i) => Math.floor(i / 3)),
};

// Hashes: PyTorch 2.13, to(float32).div(255), then sub_(mean).div_(std) as torchvision's Normalize does.
describe('normalizeInto', () => {
  it.each([
    [
      'a picture',
      testImage(21, 31, 17),
      imagenet,
      '4c73cb5121dd8e50e1e8f590957c4b8c2568eb902a355912311b2ba5038e8c25',
    ],
    ['all bytes', ramp, imagenet, '1d8b9af12b7b391827f7c801265239e21435c7e29b4d78c6189a35e437633897'],
    [
      'other constants',
      ramp,
      { mean: [0.5, 0.43, 0.1], std: [0.31, 0.27, 0.5] } as const,
      '41acd6091fc04cffcf05017fa4e93e6934599a101723807b616d33d7b67a5a41',
    ],
  ])('equals PyTorch bit for bit: %s', (_, pixels, normalization, hash) => {
    const target = new Float32Array(pixels.data.length);
    normalizeInto(pixels, normalization, target);
    expect(sha256(target)).toBe(hash);
  });

  it('writes at the offset and nothing else', () => {
    const one = { width: 1, height: 1, data: Uint8Array.of(255, 0, 51) };
    const target = new Float32Array(9).fill(7);
    normalizeInto(one, { mean: [0, 0.5, 0], std: [1, 0.5, 2] }, target, 3);
    expect([...target]).toEqual([7, 7, 7, 1, -1, Math.fround(0.1), 7, 7, 7]);
  });

  it.each([-1, 0.5, 7, Number.NaN])('refuses the offset %d in a tensor of 9', (offset) => {
    const one = { width: 1, height: 1, data: Uint8Array.of(1, 2, 3) };
    expect(() => normalizeInto(one, imagenet, new Float32Array(9), offset)).toThrow(
      expect.objectContaining({ code: 'BAD_TENSOR' }),
    );
  });

  it.each([0, -1, Number.NaN])('refuses a std of %d', (std) => {
    expect(() => normalizeInto(ramp, { mean: [0, 0, 0], std: [1, std, 1] }, new Float32Array(768))).toThrow(
      expect.objectContaining({ code: 'BAD_OPTION' }),
    );
  });
});
