import { BATCH, tensor } from '@facexformer/core/graph';
import { headContext } from '@facexformer/test-utils/head-context';
import { describe, expect, it } from 'vitest';
import { visibility } from '../src/index.js';
import { vocabulary } from '../src/vocabulary.js';

const task = visibility();
const crop = { x: 100, y: 50, width: 448, height: 224 };
const decode = (values: readonly number[]) =>
  task.decode(tensor([values.length], values), { crop, vocabulary });

it('builds a head of 29 outputs on one token', () => {
  expect(task.tokens).toBe(1);
  expect(task.head(headContext(task)).shape).toEqual([BATCH, 29]);
});

it('refuses another shape, and numbers that are none', () => {
  expect(() => decode(new Array(30).fill(0))).toThrow('expected [29]');
  expect(() => decode(new Array(29).fill(Number.NaN))).toThrow('NaN');
});

describe('decode', () => {
  it('reads a high logit as occluded', () => {
    const raw = new Array(29).fill(-1.5);
    raw[28] = 2;
    const { points, visibleShare } = decode(raw);
    expect(points.at(-1)).toMatchObject({ name: 'chin', occluded: true });
    expect(points.at(-1)?.occludedProbability).toBeCloseTo(0.8807971, 6);
    expect(points[0]).toMatchObject({ name: 'browLeftOuter', occluded: false });
    expect(visibleShare).toBeCloseTo(28 / 29, 9);
  });
});

it('draws the visible share', () => {
  expect(task.draw?.(decode(new Array(29).fill(-9)), { box: crop })).toEqual([
    { kind: 'label', caption: 'visible', text: '100 %' },
  ]);
});
