import { describe, expect, it } from 'vitest';
import { multiLabel } from '../../src/index.js';
import { context, decode, vocabulary } from './made-task.js';

describe('multiLabel', () => {
  const task = multiLabel('worn', vocabulary, { threshold: 0.7 });

  it('lists what reaches its threshold, most probable first', () => {
    const result = decode(task, [2], [Math.log(3), Math.log(9)]);
    expect(result.present).toEqual(['sun', 'plain']);
    expect(result.probabilities.plain).toBeCloseTo(0.75);
    expect(decode(task, [2], [0.5, 9]).present).toEqual(['sun']);
  });

  it('learns from lists, text and objects', () => {
    const { encode } = task.learning!;
    expect([['sun'], 'sun', { plain: 0, sun: true }].map((label) => encode(label, context))).toEqual([
      [0, 1],
      [0, 1],
      [0, 1],
    ]);
    expect(encode('', context)).toEqual([0, 0]);
    expect(encode('sun|plain', context)).toEqual([1, 1]);
    for (const bad of ['moon', { sun: 1 }, 3, { plain: 2, sun: 0 }])
      expect(() => encode(bad, context)).toThrow('worn');
    expect(() => multiLabel('x', vocabulary, { threshold: 1 })).toThrow('threshold');
  });
});
