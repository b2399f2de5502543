import { describe, expect, it } from 'vitest';
import { smallHeadContext } from '../../src/conformance/task/subject.js';
import { mirrorImage } from '../../src/image/view-transform.js';
import { segment } from '../../src/index.js';
import { context, decode, vocabulary } from './made-task.js';

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
    expect(task.head(smallHeadContext(task)).shape.slice(1)).toEqual([2, 64, 64]);
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
