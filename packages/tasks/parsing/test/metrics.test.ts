import { tensor } from '@facexformer/core/graph';
import { answerOf, figuresOf } from '@facexformer/test-utils/answer';
import { describe, expect, it } from 'vitest';
import { parsing } from '../src/index.js';

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
  // the crop is the lower right 2 x 2 of a 4 x 4 photo; each of its pixels is a cell
  const answer = answerOf(parsing(), logits([1, 1, 10, 0]), size, { x: 2, y: 2, width: 2, height: 2 });
  const mask = {
    ...size,
    data: Uint8Array.from([0, 0, 10, 10, 0, 0, 0, 255, 0, 0, 1, 10, 0, 0, 10, 1]),
  };
  const figures = figuresOf(parsing(), [[answer, mask]]);

  it('counts over the whole photo, background outside the crop', () => {
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

  it('adds pixels up over photos instead of averaging their F1', () => {
    const perfect = answerOf(parsing(), logits(new Array(16).fill(1)), size);
    const all = { ...size, data: new Uint8Array(16).fill(1) };
    const two = figuresOf(parsing(), [
      [answer, mask],
      [perfect, all],
    ]);
    expect(two['parsing.f1.skin']).toBeCloseTo((2 * 17) / (18 + 18));
  });

  it('reads a finer mask than the photo at the same places', () => {
    const fine = { width: 8, height: 8, data: new Uint8Array(64) };
    for (let y = 0; y < 8; y += 1) {
      for (let x = 0; x < 8; x += 1) fine.data[y * 8 + x] = mask.data[(y >> 1) * 4 + (x >> 1)]!;
    }
    const same = figuresOf(parsing(), [[answer, fine]]);
    for (const [name, value] of Object.entries(figures)) expect(same[name], name).toBeCloseTo(value, 12);
  });

  it('refuses what is not a mask', () => {
    expect(() => figuresOf(parsing(), [[answer, 'skin']])).toThrow('it needs a mask');
  });
});
