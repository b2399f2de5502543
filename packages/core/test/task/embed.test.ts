import { describe, expect, it } from 'vitest';
import { embed, similarity } from '../../src/index.js';
import { context, decode } from './made-task.js';

describe('embed', () => {
  it('gives vectors of length 1 and learns who belongs together', () => {
    const task = embed('who', { size: 3, tokens: 2 });
    const a = decode(task, [3], [2, 0, 0]);
    expect(similarity(a, decode(task, [3], [3, 4, 0]))).toBeCloseTo(0.6);
    expect(task.learning!.encode('bob', context)).toEqual([1]);
    expect(() => task.learning!.encode('eve', context)).toThrow('who');
    expect(() => embed('x', { size: 1 })).toThrow('size');
  });
});
