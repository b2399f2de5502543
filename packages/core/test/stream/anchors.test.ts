import { describe, expect, it } from 'vitest';
import { followAnchors, referTo } from '../../src/stream/anchors.js';

const box = { x: 100, y: 50, width: 80, height: 90 };
const anchors = [
  { x: 120, y: 80 },
  { x: 160, y: 82 },
  { x: 140, y: 100 },
  { x: 141, y: 125 },
];
const place = { box, roll: undefined };
const reference = referTo(place, anchors)!;

describe('followAnchors', () => {
  it('moves and scales the box as the anchors move and scale', () => {
    const seen = anchors.map(({ x, y }) => ({ x: 1.2 * x - 30, y: 1.2 * y + 7 }));
    const { box: moved, roll } = followAnchors(reference, seen)!;
    expect(roll).toBeUndefined();
    expect(moved.x).toBeCloseTo(1.2 * 100 - 30, 9);
    expect(moved.y).toBeCloseTo(1.2 * 50 + 7, 9);
    expect(moved.width).toBeCloseTo(96, 9);
    expect(moved.height).toBeCloseTo(108, 9);
  });

  it('turns with the anchors, about them', () => {
    const turned = referTo({ box, roll: 170 }, anchors)!;
    const seen = anchors.map(({ x, y }) => ({ x: -y, y: x })); // a quarter clockwise
    const { box: moved, roll } = followAnchors(turned, seen)!;
    expect(roll).toBeCloseTo(-100, 9);
    expect([moved.x + 40, moved.y + 45]).toEqual([expect.closeTo(-95, 9), expect.closeTo(140, 9)]);
    expect([moved.width, moved.height]).toEqual([expect.closeTo(80, 9), expect.closeTo(90, 9)]);
  });

  it('bears a mouth that opens, and refuses another shape, a size that jumps and what is no number', () => {
    const open = anchors.map((point, i) => (i === 3 ? { x: point.x, y: point.y + 12 } : point));
    expect(followAnchors(reference, open)).toBeDefined();
    const shuffled = [anchors[2]!, anchors[3]!, anchors[0]!, anchors[1]!];
    expect(followAnchors(reference, shuffled)).toBeUndefined();
    expect(
      followAnchors(
        reference,
        anchors.map(({ x, y }) => ({ x: 3 * x, y: 3 * y })),
      ),
    ).toBeUndefined();
    expect(followAnchors(reference, [...anchors.slice(1), { x: Number.NaN, y: 0 }])).toBeUndefined();
    expect(followAnchors(reference, anchors.slice(1))).toBeUndefined();
  });
});

describe('referTo', () => {
  it('needs three different points', () => {
    expect(referTo(place, anchors.slice(0, 2))).toBeUndefined();
    expect(referTo(place, [anchors[0]!, anchors[0]!, anchors[0]!])).toBeUndefined();
    expect(referTo(place, [...anchors, { x: Number.POSITIVE_INFINITY, y: 1 }])).toBeUndefined();
  });
});
