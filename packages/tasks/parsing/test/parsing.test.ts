import { taskChecks } from '@facexformer/core/conformance';
import { tensor } from '@facexformer/core/graph';
import { describe, expect, it } from 'vitest';
import { parsing } from '../src/index.js';
import { vocabulary } from '../src/vocabulary.js';

const task = parsing();
const crop = { x: 10, y: 20, width: 40, height: 60 };
const context = { crop, vocabulary };

/** Logits [11, 2, 3] whose largest are the given classes. */
const logits = (labels: readonly number[]) =>
  Array.from({ length: 66 }, (_, i) => (labels[i % 6] === Math.floor(i / 6) ? 4 : -(i % 7)));

describe('the contract of a task', () => {
  const stripes = Uint8Array.from({ length: 64 * 64 }, (_, i) => Math.floor((i % 64) / 6));
  const examples = {
    labels: [{ width: 64, height: 64, data: stripes }],
    perfect: (target: ArrayLike<number>) => Array.from(target, (value) => (value > 0 ? 9 : -9)),
  };
  for (const { name, run } of taskChecks(task, examples)) it(name, run);
});

describe('decode', () => {
  it('labels each cell with its largest logit', () => {
    const labels = [0, 1, 10, 6, 0, 3];
    const values = new Float32Array(11 * 2 * 160).fill(-1);
    labels.forEach((label, cell) => {
      values[label * 320 + cell] = 4;
    });
    const result = task.decode(tensor([11, 2, 160], [...values]), context);
    expect([...result.labels.subarray(0, 6)]).toEqual(labels);
    expect(result).toMatchObject({ crop, columns: 160, rows: 2 });
    expect(result.classes[10]).toBe('hair');
  });
  it('refines coarse maps: large cells keep their class, the stronger side gains at a border', () => {
    const values = [
      ...[8, 8, 2, -3], // background
      ...[-2, -2, 1, 6], // skin
      ...new Array(9 * 4).fill(-9),
    ];
    const result = task.decode(tensor([11, 1, 4], values), context);
    expect(result).toMatchObject({ crop, columns: 8, rows: 2 });
    // between cells 2 and 3: 0.75 * 2 + 0.25 * -3 < 0.75 * 1 + 0.25 * 6
    expect([...result.labels]).toEqual([0, 0, 0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 1, 1, 1]);
  });
  it('takes the first of equals', () => {
    expect([...task.decode(tensor([11, 1, 1], new Array(11).fill(1)), context).labels]).toEqual([0, 0, 0, 0]);
  });
});

it('draws a mask over the crop in the official colours, background clear', () => {
  const [shape] = task.draw?.(task.decode(tensor([11, 2, 3], logits([1])), context), { box: crop }) ?? [];
  expect(shape).toMatchObject({ kind: 'mask', ...crop, columns: 6, rows: 4 });
  if (shape?.kind === 'mask')
    expect([shape.colors[0], shape.colors[1], shape.colors[10]]).toEqual([undefined, '#0099ff', '#ff0066']);
});
