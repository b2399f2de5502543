import { describe, expect, it } from 'vitest';
import { FaceXFormerError } from '../../src/base/errors.js';
import * as g from '../../src/graph/ops.js';
import { BATCH } from '../../src/graph/value.js';

const x = g.input('x', [BATCH, 49, 32]);

function messageOf(build: () => unknown): string {
  try {
    build();
  } catch (error) {
    if (FaceXFormerError.isInstance(error, 'GRAPH')) return error.message;
    throw error;
  }
  return 'nothing was thrown';
}

describe('shapes are checked when a graph is built', () => {
  it.each([
    ['add', () => g.add(x, g.constant([3], [1, 2, 3])), 'add: [B, 49, 32] and [3] do not broadcast'],
    [
      'matMul',
      () => g.matMul(x, g.parameter('w', [31, 8])),
      'matMul: [B, 49, 32] x [31, 8]: inner axes differ',
    ],
    [
      'linear',
      () => g.linear(x, g.parameter('w', [8, 31])),
      'linear: weight [8, 31] does not fit [B, 49, 32]',
    ],
    ['attention', () => g.attention(x, x, x, { heads: 5 }), 'with 5 heads'],
    ['reshape', () => g.reshape(x, [BATCH, 7, 7, 31]), 'reshape: [B, 49, 32] does not fill [B, 7, 7, 31]'],
    ['batch lost', () => g.reshape(x, [49, 32]), 'reshape: [B, 49, 32] does not fill [49, 32]'],
    ['transpose', () => g.transpose(x, [0, 0, 1]), 'transpose: [0,0,1] is not a permutation'],
    ['concat', () => g.concat([x, g.parameter('p', [1, 2, 31])], 1), 'does not continue [B, 49, 32]'],
    ['slice', () => g.slice(x, 1, 40, 50), 'slice: 40..50 is outside axis 1'],
    ['gather', () => g.gather(x, 1, Int32Array.of(49)), 'gather: an index is outside axis 1'],
    [
      'conv',
      () => g.conv(g.input('i', [BATCH, 3, 8, 8]), g.parameter('w', [4, 4, 3, 3])),
      'conv: weight [4, 4, 3, 3] with 1 groups',
    ],
    ['constant', () => g.constant([2, 2], [1, 2, 3]), 'constant: 3 values for the shape [2, 2]'],
  ])('%s', (_, build, message) => {
    expect(messageOf(build)).toContain(message);
  });

  it('keeps multiples of the batch apart', () => {
    const windows = g.reshape(g.input('x', [BATCH, 4, 8]), [{ batch: 4 }, 8]);
    expect(windows.shape).toEqual([{ batch: 4 }, 8]);
    expect(g.flatten(g.input('x', [BATCH, 4, 8]), 0, 1).shape).toEqual([{ batch: 4 }, 8]);
  });
});
