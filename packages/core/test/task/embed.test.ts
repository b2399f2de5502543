import { describe, expect, it } from 'vitest';
import { embed, similarity } from '../../src/index.js';
import { context, decode } from './made-task.js';

describe('embed', () => {
  it('gives vectors of length 1 and learns who belongs together', () => {
    const task = embed('who', { size: 3, tokens: 2 });
    const a = decode(task, [3], [2, 0, 0]);
    expect(similarity(a, decode(task, [3], [3, 4, 0]))).toBeCloseTo(0.6);
    expect(task.learning!.encode('bob', context)).toEqual([1]);
    let deep: unknown = 'bob';
    for (let i = 0; i < 100_000; i += 1) deep = [deep];
    for (const label of ['eve', '', undefined, deep, ['bob']]) {
      expect(() => task.learning!.encode(label, context)).toThrow('who');
    }
    expect(() => embed('x', { size: 1 })).toThrow('size');
  });
});
