import { taskChecks } from '@facexformer/core/conformance';
import { CROP, decoderOf } from '@facexformer/test-utils/decoder';
import { describe, expect, it } from 'vitest';
import { landmarks } from '../src/index.js';

const task = landmarks();
const decode = decoderOf(task);

describe('the contract of a task', () => {
  const labels = [7, 11].map((step) => Array.from({ length: 136 }, (_, i) => (i * step) % 64));
  const examples = { labels };
  for (const { name, run } of taskChecks(task, examples)) it(name, run);
});

describe('decode', () => {
  it('places -1..1 over the crop, edges at half pixels', () => {
    const raw = new Array(136).fill(0);
    raw.splice(0, 4, -1, -1, 1, 1);
    const { points } = decode(raw);
    expect(points).toHaveLength(68);
    expect(points[0]).toEqual({ x: 99.5, y: 49.5 });
    expect(points[1]).toEqual({ x: 547.5, y: 273.5 });
    expect(points[67]).toEqual({ x: 323.5, y: 161.5 });
  });
  it('gives every point to one group', () => {
    const { points, groups } = decode(Array.from({ length: 136 }, (_, i) => i / 136));
    expect(Object.values(groups).flat()).toEqual(points);
    expect(groups.eyeImageLeft).toEqual(points.slice(36, 42));
    expect(groups.eyeImageLeft[0]!.x).toBeLessThan(groups.eyeImageRight[0]!.x);
  });
});

it('draws nine lines, eyes and lips closed, and the points', () => {
  const shapes = task.draw?.(decode(new Array(136).fill(0)), { box: CROP }) ?? [];
  expect(shapes.filter((shape) => shape.kind === 'line')).toHaveLength(9);
  expect(shapes.filter((shape) => shape.kind === 'line' && shape.closed)).toHaveLength(4);
  expect(shapes.at(-1)?.kind).toBe('points');
});
