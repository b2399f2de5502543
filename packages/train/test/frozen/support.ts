import type { Checkpoint, Pixels } from '@facexformer/core';
import { draws } from '@facexformer/test-utils/noise';
import { untrainedCheckpoint } from '@facexformer/test-utils/untrained';
import type { Example } from '../../src/frozen/index.js';

/** The untrained model with a content hash: random features tell simple pictures apart. */
export function base(): Checkpoint {
  const checkpoint = untrainedCheckpoint();
  return { ...checkpoint, info: { ...checkpoint.info, contentHash: `sha256:${'ab'.repeat(32)}` } };
}

/** A picture with a bright half, left or right, and noise. */
function picture(seed: number, brightLeft: boolean, size = 48): Pixels {
  const data = new Uint8Array(size * size * 3);
  const draw = draws(seed);
  for (let i = 0; i < data.length; i += 1) {
    const left = Math.floor(i / 3) % size < size / 2;
    data[i] = (left === brightLeft ? 190 : 0) + Math.floor(64 * draw());
  }
  return { width: size, height: size, data };
}

/** Pictures in turn bright at the top and at the bottom; mirroring does not change their class. */
export function* pictures(count: number, labels = ['top', 'bottom']): Generator<Example<Pixels>> {
  for (let i = 0; i < count; i += 1) {
    const { width, height, data } = picture(i + 1, i % 2 === 0);
    const turned = new Uint8Array(data.length);
    for (let y = 0; y < height; y += 1) {
      for (let x = 0; x < width; x += 1) {
        const from = (y * width + x) * 3;
        turned.set(data.subarray(from, from + 3), (x * width + y) * 3);
      }
    }
    yield { image: { width, height, data: turned }, label: labels[i % labels.length], name: `picture ${i}` };
  }
}
