import { taskChecks } from '@facexformer/core/conformance';
import { tensor } from '@facexformer/core/graph';
import { CROP, decoderOf } from '@facexformer/test-utils/decoder';
import { describe, expect, it } from 'vitest';
import { rotationColumns } from '../src/axes.js';
import { headPose } from '../src/index.js';
import { vocabulary } from '../src/vocabulary.js';

const task = headPose();
const decode = decoderOf(task);

describe('the contract of a task', () => {
  const labels = [
    { yaw: 30, pitch: -10, roll: 5 },
    { yaw: -50, pitch: 20, roll: -15 },
  ];
  const examples = { labels };
  for (const { name, run } of taskChecks(task, examples)) it(name, run);
});

describe('decode', () => {
  it('turns pitch, yaw, roll in radians into degrees', () => {
    const { pitch, yaw, roll } = decode([Math.PI / 6, -Math.PI / 4, 0.1]);
    expect(pitch).toBeCloseTo(30, 4);
    expect(yaw).toBeCloseTo(-45, 4);
    expect(roll).toBeCloseTo(5.7295779, 4);
  });
  it('applies the signs of the checkpoint, in the order of the raw output', () => {
    const turned = { ...vocabulary, signs: [1, -1, 1] };
    const pose = task.decode(tensor([3], [0.1, 0.2, 0.3]), { crop: CROP, vocabulary: turned });
    expect(pose.yaw).toBeCloseTo(-11.459156, 4);
    expect(pose.roll).toBeCloseTo(17.188734, 4);
  });
});

describe('a turned crop', () => {
  const raw = tensor([3], [0.2, -0.4, 0.1]);
  const turned = { ...CROP, roll: 90 };

  it('turns the axes of the pose with it, seen from the camera', () => {
    const upright = rotationColumns(task.decode(raw, { crop: CROP, vocabulary }));
    const columns = rotationColumns(task.decode(raw, { crop: turned, vocabulary }));
    columns.forEach(([x, y, z], i) => {
      const [ux, uy, uz] = upright[i]!; // x to the right and y up: a quarter clockwise is (y, -x)
      expect([x, y, z]).toEqual([expect.closeTo(uy, 6), expect.closeTo(-ux, 6), expect.closeTo(uz, 6)]);
    });
  });

  it('is what a label is read against', () => {
    const label = task.decode(raw, { crop: turned, vocabulary });
    const target = task.learning!.encode(label, { crop: turned, raw: [3], vocabulary, classes: [] });
    for (const [i, value] of Array.from(target).entries()) expect(value).toBeCloseTo(raw.data[i]!, 6);
  });
});

describe('rotationColumns', () => {
  it('is Rx Ry Rz of 300W-LP (numpy)', () => {
    const numpy = [
      [0.852869, 0.005236, 0.522099],
      [0.150384, 0.955112, -0.255236],
      [-0.5, 0.296198, 0.813798],
    ];
    rotationColumns({ yaw: 30, pitch: 20, roll: 10 }).forEach((column, i) => {
      column.forEach((value, j) => {
        expect(value).toBeCloseTo(numpy[i]![j]!, 5);
      });
    });
  });
});

describe('draw', () => {
  const forward = (pose: { yaw: number; pitch: number; roll: number }, axis: number) => {
    const shape = task.draw?.(pose, { box: { x: 0, y: 0, width: 100, height: 100 } })[axis];
    if (shape?.kind !== 'line') throw new Error('no line');
    return { x: shape.points[1]!.x - 50, y: shape.points[1]!.y - 50 };
  };
  it('points where the words of HeadPose say', () => {
    expect(forward({ yaw: 40, pitch: 0, roll: 0 }, 2).x).toBeLessThan(-10); // toward image left
    expect(forward({ yaw: 0, pitch: 40, roll: 0 }, 2).y).toBeLessThan(-10); // up
    expect(forward({ yaw: 0, pitch: 0, roll: 30 }, 0).y).toBeGreaterThan(10); // right side lower
    expect(forward({ yaw: 0, pitch: 0, roll: 0 }, 1).y).toBeGreaterThan(10); // green is down
  });
});
