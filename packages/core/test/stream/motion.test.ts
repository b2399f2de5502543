import { describe, expect, it } from 'vitest';
import { affinity, atRest, predictBox, updateMotion, visiblePart } from '../../src/stream/motion.js';

const box = (x: number, y: number, size = 100) => ({ x, y, width: size, height: size });

describe('updateMotion and predictBox', () => {
  it('learn a steady motion and growth, and carry them on', () => {
    let motion = atRest(box(0, 0));
    for (let i = 1; i <= 60; i++) {
      const size = 100 * 1.01 ** i;
      motion = updateMotion(
        motion,
        { x: 6 * i - size / 2, y: -3 * i - size / 2, width: size, height: size },
        1 / 30,
      );
    }
    const ahead = predictBox(motion, 0.5);
    expect(ahead.x + ahead.width / 2).toBeCloseTo(6 * 75, 0);
    expect(ahead.y + ahead.height / 2).toBeCloseTo(-3 * 75, 0);
    expect(ahead.width).toBeCloseTo(100 * 1.01 ** 75, 0);
  });

  it('claim nothing beyond a second', () => {
    const motion = updateMotion(atRest(box(0, 0)), box(50, 0), 0.1);
    expect(predictBox(motion, 30)).toEqual(predictBox(motion, 1));
  });
});

describe('affinity', () => {
  it('is 1.5 for the same box, falls with distance, and is 0 for boxes far apart or of very different size', () => {
    expect(affinity(box(0, 0), box(0, 0))).toBe(1.5);
    expect(affinity(box(0, 0), box(20, 0))).toBeGreaterThan(affinity(box(0, 0), box(40, 0)));
    expect(affinity(box(0, 0), box(95, 0))).toBeGreaterThan(0);
    expect(affinity(box(0, 0), box(101, 0))).toBe(0);
    expect(affinity(box(0, 0, 100), box(0, 0, 210))).toBe(0);
  });
});

describe('visiblePart', () => {
  it('is the share of the box on the photo', () => {
    const photo = { width: 200, height: 100 };
    expect(visiblePart(box(0, 0), photo)).toBe(1);
    expect(visiblePart(box(150, 50), photo)).toBe(0.25);
    expect(visiblePart(box(300, 0), photo)).toBe(0);
  });
});
