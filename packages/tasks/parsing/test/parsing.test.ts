import { BATCH, type HeadContext, input, parameter, tensor, VOCABULARIES } from '@facexformer/core';
import { describe, expect, it } from 'vitest';
import { parsing } from '../src/index.js';

const task = parsing();
const crop = { x: 10, y: 20, width: 40, height: 60 };
const context = { crop, vocabulary: VOCABULARIES.parsing };

/** Logits [11, 2, 3] whose largest are the given classes. */
const logits = (labels: readonly number[]) =>
  Array.from({ length: 66 }, (_, i) => (labels[i % 6] === Math.floor(i / 6) ? 4 : -(i % 7)));

it('builds a map of the input size, one token a class', () => {
  const headContext: HeadContext = {
    tokens: input('tokens', [BATCH, task.tokens, 64]),
    face: { tokens: input('face', [BATCH, 320, 64]), height: 20, width: 16 },
    dim: 64,
    input: { height: 80, width: 64 },
    vocabulary: task.vocabulary,
    parameter,
  };
  expect(task.tokens).toBe(11);
  expect(task.head(headContext).shape).toEqual([BATCH, 11, 80, 64]);
});

describe('decode', () => {
  it('labels each cell with its largest logit', () => {
    const labels = [0, 1, 10, 6, 0, 3];
    const result = task.decode(tensor([11, 2, 3], logits(labels)), context);
    expect([...result.labels]).toEqual(labels);
    expect(result).toMatchObject({ crop, columns: 3, rows: 2 });
    expect(result.classes[10]).toBe('hair');
  });
  it('takes the first of equals', () => {
    expect([...task.decode(tensor([11, 1, 1], new Array(11).fill(1)), context).labels]).toEqual([0]);
  });
  it('refuses NaN and other shapes', () => {
    expect(() => task.decode(tensor([11, 1, 1], new Array(11).fill(Number.NaN)), context)).toThrow('NaN');
    expect(() => task.decode(tensor([10, 1, 1], new Array(10).fill(0)), context)).toThrow(
      'expected [11,1,1]',
    );
    expect(() => task.decode(tensor([11], new Array(11).fill(0)), context)).toThrow('expected [11, H, W]');
  });
});

it('draws a mask over the crop in the official colours, background clear', () => {
  const [shape] = task.draw?.(task.decode(tensor([11, 2, 3], logits([1])), context), { box: crop }) ?? [];
  expect(shape).toMatchObject({ kind: 'mask', ...crop, columns: 3, rows: 2 });
  if (shape?.kind === 'mask')
    expect([shape.colors[0], shape.colors[1], shape.colors[10]]).toEqual([undefined, '#0099ff', '#ff0066']);
});
