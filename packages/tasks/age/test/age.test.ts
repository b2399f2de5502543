import { smallHeadContext, taskChecks } from '@facexformer/core/conformance';
import { BATCH, tensor } from '@facexformer/core/graph';
import { CROP, decoderOf } from '@facexformer/test-utils/decoder';
import { describe, expect, it } from 'vitest';
import { age } from '../src/index.js';

const task = age();
const decode = decoderOf(task);

describe('the contract of a task', () => {
  const perfect = (target: ArrayLike<number>) =>
    Array.from(target)
      .slice(0, -1)
      .map((share) => Math.log(share + 1e-9));
  const examples = { labels: [4.5, 34.5, 75], perfect };
  for (const { name, run } of taskChecks(task, examples)) it(name, run);
});

describe('decode', () => {
  it('weights the middle of each decade with its softmax', () => {
    const { years, label, probability, bins } = decode([0, 1, 3, 2, 0, -1, -2, 0.5]);
    expect(years).toBeCloseTo(28.763174, 3); // PyTorch
    expect(label).toBe('20-29');
    expect(probability).toBeCloseTo(0.58482, 5);
    expect(bins.map((bin) => bin.years)).toEqual([4.5, 14.5, 24.5, 34.5, 44.5, 54.5, 64.5, 75]);
    expect(bins.reduce((sum, bin) => sum + bin.probability, 0)).toBeCloseTo(1, 9);
  });
  it('says an age within the certain bin', () => {
    expect(decode([0, 0, 0, 0, 0, 0, 0, 100]).years).toBeCloseTo(75, 6);
  });
});

it('takes its bins from the checkpoint, such as single years', () => {
  const vocabulary = { id: 'years@1', labels: ['30', '31', '32'] };
  expect(task.head({ ...smallHeadContext(task), vocabulary }).shape).toEqual([BATCH, 3]);
  const result = task.decode(tensor([3], [0, 0, 50]), { crop: CROP, vocabulary });
  expect(result.years).toBeCloseTo(32, 6);
  const words = { id: 'words@1', labels: ['old'] };
  expect(() => task.decode(tensor([1], [0]), { crop: CROP, vocabulary: words })).toThrow('a label "old"');
});

it('draws a rounded age', () => {
  const result = decode([0, 0, 0, 100, 0, 0, 0, 0]);
  expect(task.draw?.(result, { box: CROP })).toEqual([
    { kind: 'label', caption: 'age', text: 'about 35 years' },
  ]);
});
