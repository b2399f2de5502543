import { expect, it } from 'vitest';
import { learning } from '../src/learning.js';
import { vocabulary } from '../src/vocabulary.js';

const context = { crop: { x: 0, y: 0, width: 1, height: 1 }, raw: [40], vocabulary, classes: [] };

it('takes forty times 0 or 1, and nothing else', () => {
  const flags = vocabulary.labels.map((_, i) => i % 2);
  expect(learning.encode(flags, context)).toEqual(flags);
  for (const wrong of [flags.slice(1), flags.with(3, 2), 'Male']) {
    expect(() => learning.encode(wrong, context)).toThrow('40 times 0 or 1');
  }
});
