import { tensor } from '@facexformer/core/graph';
import { parsing } from '@facexformer/tasks';
import { describe, expect, it } from 'vitest';
import { maskOf } from '../../src/judges/judge.js';
import { judgeParsing } from '../../src/judges/parsing.js';
import { answerOf } from '../answer.js';

/** Logits that say these classes, on a square grid. */
function logits(labels: readonly number[]) {
  const side = Math.sqrt(labels.length);
  const data = new Float32Array(11 * labels.length);
  labels.forEach((label, i) => {
    data[label * labels.length + i] = 1;
  });
  return tensor([11, side, side], data);
}

describe('parsing', () => {
  const size = { width: 4, height: 4 };
  // the crop is the lower right 2 x 2 of a 4 x 4 image; each of its pixels is a cell
  const answer = answerOf(parsing(), logits([1, 1, 10, 0]), size, { x: 2, y: 2, width: 2, height: 2 });
  const mask = {
    ...size,
    classes: Uint8Array.from([0, 0, 10, 10, 0, 0, 0, 255, 0, 0, 1, 10, 0, 0, 10, 1]),
  };
  const figures = judgeParsing.figures([judgeParsing.judge(answer, { mask })!]);

  it('counts over the whole image, background outside the crop', () => {
    // skin: right 1, predicted 2, true 2; hair: right 1, predicted 1, true 4
    expect(figures['parsing.f1.skin']).toBeCloseTo(2 / 4);
    expect(figures['parsing.f1.hair']).toBeCloseTo(2 / 5);
    expect(figures['parsing.f1']).toBeCloseTo((0.5 + 0.4) / 2);
    expect(figures['parsing.f1.nose']).toBeUndefined();
  });

  it('judges the crop by itself, and says what hair it cannot show', () => {
    expect(figures['parsing.inside.f1.hair']).toBeCloseTo(2 / 3);
    expect(figures['parsing.hairOutside']).toBe(0.5);
  });

  it('adds pixels up over images instead of averaging their F1', () => {
    const perfect = answerOf(parsing(), logits(new Array(16).fill(1)), size);
    const all = { ...size, classes: new Uint8Array(16).fill(1) };
    const two = judgeParsing.figures([
      judgeParsing.judge(answer, { mask })!,
      judgeParsing.judge(perfect, { mask: all })!,
    ]);
    expect(two['parsing.f1.skin']).toBeCloseTo((2 * 17) / (18 + 18));
  });

  it('reads a finer mask than the image at the same places', () => {
    const fine = { width: 8, height: 8, classes: new Uint8Array(64) };
    for (let y = 0; y < 8; y += 1) {
      for (let x = 0; x < 8; x += 1) fine.classes[y * 8 + x] = mask.classes[(y >> 1) * 4 + (x >> 1)]!;
    }
    const same = judgeParsing.figures([judgeParsing.judge(answer, { mask: fine })!]);
    for (const [name, value] of Object.entries(figures)) expect(same[name], name).toBeCloseTo(value, 12);
  });
});

it('lays layers over each other, background beneath', () => {
  const grey = (...values: number[]) => ({
    width: values.length,
    height: 1,
    data: Uint8Array.from(values.flatMap((value) => [value, value, value])),
  });
  const table = [0, 1, 6];
  expect([...maskOf([[grey(0, 2, 9), (value) => table[value] ?? 255]]).classes]).toEqual([0, 6, 255]);
  const part = (label: number) => (value: number) => (value > 0 ? label : undefined);
  const parts = maskOf([
    [grey(255, 255, 0), part(1)],
    [grey(0, 255, 0), part(6)],
  ]);
  expect([...parts.classes]).toEqual([1, 6, 0]);
  expect(() =>
    maskOf([
      [grey(1), part(1)],
      [grey(1, 2), part(1)],
    ]),
  ).toThrow('different sizes');
});
