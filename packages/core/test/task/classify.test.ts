import { describe, expect, it } from 'vitest';
import { smallHeadContext } from '../../src/conformance/task/subject.js';
import { classify } from '../../src/index.js';
import { context, decode, vocabulary } from './made-task.js';

describe('classify', () => {
  const task = classify('glasses', vocabulary, { tokens: 3 });

  it('decodes, learns and has one output however many tokens', () => {
    expect(decode(task, [2], [0, Math.log(3)])).toMatchObject({
      label: 'sun',
      probability: expect.closeTo(0.75),
    });
    expect(task.learning!.encode('sun', context)).toEqual([0, 1]);
    expect(() => task.learning!.encode('moon', context)).toThrow('plain, sun');
    expect(task.learning!.encode({ sun: 0.75, plain: 0.25 }, context)).toEqual([0.25, 0.75]);
    for (const shares of [{ sun: 0.5 }, { sun: 1, moon: 0 }, { sun: 2, plain: -1 }, { sun: 'all' }, {}]) {
      expect(() => task.learning!.encode(shares, context)).toThrow('sum to 1');
    }
    expect(task.head(smallHeadContext(task)).shape.at(-1)).toBe(2);
    expect(task.head(smallHeadContext(task)).shape).toHaveLength(2);
  });

  it('refuses too few or equal labels, and bad token counts', () => {
    for (const labels of [['one'], ['a', 'a'], ['a', ''], undefined]) {
      expect(() => classify('x', { id: 'x@1', labels: labels as string[] })).toThrow('different labels');
    }
    expect(() => classify('x', vocabulary, { tokens: 0 })).toThrow('tokens');
  });
});
