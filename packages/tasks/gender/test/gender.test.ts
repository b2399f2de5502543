import { BATCH, tensor } from '@facexformer/core/graph';
import { headContext } from '@facexformer/test-utils/head-context';
import { describe, expect, it } from 'vitest';
import { gender } from '../src/index.js';
import { vocabulary } from '../src/vocabulary.js';

const task = gender();
const crop = { x: 100, y: 50, width: 448, height: 224 };
const decode = (values: readonly number[]) =>
  task.decode(tensor([values.length], values), { crop, vocabulary });

it('builds a head of 2 outputs on one token', () => {
  expect(task.tokens).toBe(1);
  expect(task.head(headContext(task)).shape).toEqual([BATCH, 2]);
});

it('refuses another shape, and numbers that are none', () => {
  expect(() => decode(new Array(3).fill(0))).toThrow('expected [2]');
  expect(() => decode(new Array(2).fill(Number.NaN))).toThrow('NaN');
});

describe('decode', () => {
  it('names the most probable label', () => {
    const { label, probability, probabilities } = decode([0, Math.log(3)]);
    expect(label).toBe('female');
    expect(probability).toBeCloseTo(0.75, 6);
    expect(probabilities.male).toBeCloseTo(0.25, 6);
  });
  it('follows the order that the checkpoint states', () => {
    const turned = { id: 'turned@1', labels: vocabulary.labels.toReversed() };
    const raw = tensor([2], [9, ...new Array(1).fill(0)]);
    expect(task.decode(raw, { crop, vocabulary: turned }).label).toBe(vocabulary.labels.at(-1));
  });
});

it('draws label and probability', () => {
  expect(task.draw?.(decode([0, Math.log(3)]), { box: crop })).toEqual([
    { kind: 'label', caption: 'gender', text: 'female 75 %' },
  ]);
});
