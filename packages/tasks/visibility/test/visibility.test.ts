import { taskChecks } from '@facexformer/core/conformance';
import { CROP, decoderOf } from '@facexformer/test-utils/decoder';
import { describe, expect, it } from 'vitest';
import { visibility } from '../src/index.js';
import { vocabulary } from '../src/vocabulary.js';

const task = visibility();
const decode = decoderOf(task);

describe('the contract of a task', () => {
  const labels = [0, 1].map((odd) => vocabulary.labels.map((_, i) => (i + odd) % 2));
  const examples = { labels };
  for (const { name, run } of taskChecks(task, examples)) it(name, run);
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
  expect(task.draw?.(decode(new Array(29).fill(-9)), { box: CROP })).toEqual([
    { kind: 'label', caption: 'visible', text: '100 %' },
  ]);
});
