import { BATCH, tensor } from '@facexformer/core/graph';
import { headContext } from '@facexformer/test-utils/head-context';
import { describe, expect, it } from 'vitest';
import { expression } from '../src/index.js';
import { vocabulary } from '../src/vocabulary.js';

const task = expression();
const crop = { x: 100, y: 50, width: 448, height: 224 };
const decode = (values: readonly number[]) =>
  task.decode(tensor([values.length], values), { crop, vocabulary });

it('builds a head of 7 outputs on one token', () => {
  expect(task.tokens).toBe(1);
  expect(task.head(headContext(task)).shape).toEqual([BATCH, 7]);
});

it('refuses another shape, and numbers that are none', () => {
  expect(() => decode(new Array(8).fill(0))).toThrow('expected [7]');
  expect(() => decode(new Array(7).fill(Number.NaN))).toThrow('NaN');
});

describe('decode', () => {
  it('names the most probable label', () => {
    const { label, probability, probabilities } = decode([0, Math.log(18), 0, 0, 0, 0, 0]);
    expect(label).toBe('happy');
    expect(probability).toBeCloseTo(0.75, 6);
    expect(probabilities.anger).toBeCloseTo(1 / 24, 6);
  });
  it('follows the order that the checkpoint states', () => {
    const turned = { id: 'turned@1', labels: vocabulary.labels.toReversed() };
    const raw = tensor([7], [9, ...new Array(6).fill(0)]);
    expect(task.decode(raw, { crop, vocabulary: turned }).label).toBe(vocabulary.labels.at(-1));
  });
});

it('draws label and probability', () => {
  expect(task.draw?.(decode([0, Math.log(18), 0, 0, 0, 0, 0]), { box: crop })).toEqual([
    { kind: 'label', caption: 'expression', text: 'happy 75 %' },
  ]);
});
