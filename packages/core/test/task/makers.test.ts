/** The task factories: what their tasks decode, what they learn from, and what they refuse. */

import { headContext } from '@facexformer/test-utils/head-context';
import { describe, expect, it } from 'vitest';
import { tensor } from '../../src/base/tensor.js';
import { mirrorImage } from '../../src/image/view-transform.js';
import { classify, embed, multiLabel, regress, segment, similarity, type Task } from '../../src/index.js';
import type { LabelContext } from '../../src/task/learning.js';

const vocabulary = { id: 'kind@1', labels: ['plain', 'sun'] } as const;
const crop = { x: 10, y: 20, width: 8, height: 4 };
const context: LabelContext = { crop, raw: [2, 2, 4], vocabulary, classes: ['ada', 'bob'] };
const decode = <Result>(
  task: Task<string, Result>,
  dims: readonly number[],
  values: readonly number[],
): Result => task.decode(tensor(dims, values), { crop, vocabulary: task.vocabulary });

describe('classify', () => {
  const task = classify('glasses', vocabulary, { tokens: 3 });

  it('decodes, learns and has one output however many tokens', () => {
    expect(decode(task, [2], [0, Math.log(3)])).toMatchObject({
      label: 'sun',
      probability: expect.closeTo(0.75),
    });
    expect(task.learning!.encode('sun', context)).toEqual([0, 1]);
    expect(() => task.learning!.encode('moon', context)).toThrow('plain, sun');
    expect(task.head(headContext(task)).shape.at(-1)).toBe(2);
    expect(task.head(headContext(task)).shape).toHaveLength(2);
  });

  it('refuses too few or equal labels, and bad token counts', () => {
    for (const labels of [['one'], ['a', 'a'], ['a', ''], undefined]) {
      expect(() => classify('x', { id: 'x@1', labels: labels as string[] })).toThrow('different labels');
    }
    expect(() => classify('x', vocabulary, { tokens: 0 })).toThrow('tokens');
  });
});

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

describe('regress', () => {
  const task = regress(
    'gaze',
    { id: 'gaze@1', labels: ['yaw', 'pitch'] },
    { range: [-60, 20], unit: '°', mirrored: ['yaw'] },
  );

  it('maps -1..1 to its range and back', () => {
    expect(decode(task, [2], [-1, 0.5])).toEqual({ yaw: -60, pitch: 0 });
    expect(task.learning!.encode({ yaw: -60, pitch: '0' }, context)).toEqual([-1, 0.5]);
    expect(task.learning!.transform!([30, 5], mirrorImage({ width: 2, height: 2 }))).toEqual({
      yaw: -30,
      pitch: 5,
    });
    expect(task.learning!.score!(Float32Array.of(0, 0), Float32Array.of(0.5, -1))).toEqual({
      'error.yaw': 20,
      'error.pitch': 40,
    });
    expect(task.draw!({ yaw: 12.345, pitch: 1 }, { box: crop })).toEqual([
      { kind: 'label', caption: 'gaze', text: 'yaw 12.3°, pitch 1°' },
    ]);
  });

  it('refuses labels without numbers, and ranges that are none', () => {
    for (const bad of [3, 'far', { yaw: 1 }, [1, ''], [1, null]])
      expect(() => task.learning!.encode(bad, context)).toThrow('gaze');
    const one = { id: 'x@1', labels: ['x'] };
    for (const range of [[1, 1], [0], [0, Number.POSITIVE_INFINITY], undefined]) {
      expect(() => regress('x', one, { range: range as [number, number] })).toThrow('range');
    }
    expect(regress('x', one, { range: [0, 1] }).learning!.encode('0.5', context)).toEqual([0]);
  });
});

describe('segment', () => {
  const task = segment('parts', vocabulary);
  // Photo 20 x 24: the crop's left half is class 1, one cell of the right is class 2, one is unknown.
  const data = Uint8Array.from({ length: 480 }, (_, i) => (i % 20 < 14 ? 1 : 0));
  for (const [x, y, value] of [
    [14, 20, 2],
    [15, 21, 2],
    [14, 21, 2],
    [15, 20, 2],
    [16, 20, 255],
    [17, 21, 255],
  ] as const)
    data[y * 20 + x] = value;

  it('marks the best class above zero', () => {
    const result = decode(task, [2, 1, 3], [1, -1, 2, 3, -2, 2]);
    expect([...result.labels]).toEqual([2, 0, 1]);
    expect(result.classes).toEqual(['background', 'plain', 'sun']);
    expect(task.head(headContext(task)).shape.slice(1)).toEqual([2, 64, 64]);
  });

  it('learns from a mask of the photo, cut to the crop', () => {
    const planes = task.learning!.encode({ width: 20, height: 24, data }, context);
    expect([...(planes as Float32Array).slice(0, 4)]).toEqual([1, 1, 0, -1]);
    expect([...(planes as Float32Array).slice(8, 12)]).toEqual([0, 0, 1, -1]);
    const turned = task.learning!.transform!(
      { width: 2, height: 2, data: Uint8Array.of(1, 2, 0, 1) },
      mirrorImage({ width: 2, height: 2 }),
    );
    expect(turned).toEqual({ width: 2, height: 2, data: Uint8Array.of(2, 1, 1, 0) });
    expect(() => task.learning!.encode({ width: 20, height: 24, data: data.fill(9) }, context)).toThrow(
      '0 to 2',
    );
    expect(() => task.learning!.encode('mask.png', context)).toThrow('needs a mask');
  });
});

describe('embed', () => {
  it('gives vectors of length 1 and learns who belongs together', () => {
    const task = embed('who', { size: 3, tokens: 2 });
    const a = decode(task, [3], [2, 0, 0]);
    expect(similarity(a, decode(task, [3], [3, 4, 0]))).toBeCloseTo(0.6);
    expect(task.learning!.encode('bob', context)).toEqual([1]);
    expect(() => task.learning!.encode('eve', context)).toThrow('who');
    expect(() => embed('x', { size: 1 })).toThrow('size');
  });
});
