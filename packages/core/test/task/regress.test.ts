import { describe, expect, it } from 'vitest';
import { mirrorImage } from '../../src/image/view-transform.js';
import { regress } from '../../src/index.js';
import { context, crop, decode } from './made-task.js';

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
