import { expect, it } from 'vitest';
import { frameOf, placeOf } from '../../src/framing/framing.js';
import type { Sample } from '../../src/sample/sample.js';

const sample: Sample = { name: 'a', set: 'mine', image: 'a', labels: {} };

it('frames points: 1.73 of the longer side of their box, raised by 0.24', () => {
  const landmarks = Array.from({ length: 68 }, (_, i) => [10 + (i % 21), 20 + (i % 41)]).flat();
  const frame = frameOf({ ...sample, labels: { landmarks }, box: { x: 0, y: 0, width: 1, height: 1 } })!;
  expect(frame.centreX).toBeCloseTo(20);
  expect(frame.centreY).toBeCloseTo(40 - 0.24 * 40);
  expect(frame.side).toBeCloseTo(1.73 * 40);
});

it('frames a detected box about where its points would be', () => {
  const frame = frameOf({ ...sample, box: { x: 0.5, y: 0.5, width: 80, height: 100 } })!;
  expect(frame.centreX).toBeCloseTo(40);
  expect(frame.centreY).toBeCloseTo(50 - 0.06 * 77);
  expect(frame.side).toBeCloseTo(1.73 * 77);
});

it("frames the set's usual place", () => {
  const frame = frameOf({ ...sample, place: placeOf('ferplus')!, size: { width: 48, height: 48 } })!;
  expect(frame.centreX).toBeCloseTo(23.5);
  expect(frame.centreY).toBeCloseTo(23.5 - 0.06 * 48);
  expect(frame.side).toBeCloseTo(64);
});

it('knows nothing of other sets', () => {
  expect(placeOf('constructor')).toBeUndefined();
  expect(frameOf(sample)).toBeUndefined();
});
