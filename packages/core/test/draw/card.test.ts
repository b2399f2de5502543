import { describe, expect, it } from 'vitest';
import { layCard, placeCard } from '../../src/draw/card.js';
import { systemText } from '../../src/draw/text.js';
import { intersectionOverUnion } from '../../src/image/geometry.js';

const photo = { width: 400, height: 300 };
const card = { width: 120, height: 90 };

describe('placeCard', () => {
  it('stands to the right of the face where there is room, else to its left', () => {
    const left = { x: 40, y: 100, width: 80, height: 80 };
    const right = { x: 280, y: 100, width: 80, height: 80 };
    expect(placeCard(card, left, photo, [left], []).spot.x).toBeGreaterThanOrEqual(120);
    expect(placeCard(card, right, photo, [right], []).spot.x + card.width).toBeLessThanOrEqual(280);
  });

  it('hides no face and no other card when there is room', () => {
    const faces = [
      { x: 20, y: 100, width: 80, height: 80 },
      { x: 150, y: 100, width: 80, height: 80 },
    ];
    const first = placeCard(card, faces[0]!, photo, faces, []);
    const second = placeCard(card, faces[1]!, photo, faces, [first.spot]);
    expect([first.hidden, second.hidden]).toEqual([0, 0]);
    for (const other of [...faces, first.spot]) expect(intersectionOverUnion(second.spot, other)).toBe(0);
  });

  it('stays inside the photo even when it must cover the face', () => {
    const face = { x: 0, y: 0, ...photo };
    const { spot, hidden } = placeCard(card, face, photo, [face], []);
    expect(hidden).toBe(120 * 90);
    expect(spot.x).toBeGreaterThanOrEqual(0);
    expect(spot.x + spot.width).toBeLessThanOrEqual(400);
    expect(spot.y + spot.height).toBeLessThanOrEqual(300);
  });
});

describe('layCard', () => {
  const box = { x: 0, y: 0, width: 100, height: 100 };
  const label = (text: string) => ({ kind: 'label', caption: 'age', text }) as const;

  it('is nothing without labels', () => {
    expect(layCard({ box, shapes: [] }, photo, 12, systemText)).toBeUndefined();
  });
  it('gives each label a line', () => {
    const one = layCard({ box, shapes: [label('a')] }, photo, 12, systemText)!;
    const three = layCard({ box, shapes: [label('a'), label('b'), label('c')] }, photo, 12, systemText)!;
    expect(three.lines).toHaveLength(3);
    expect(three.height - one.height).toBeCloseTo(2 * 18, 6);
  });
  it('shrinks what is wider than the photo', () => {
    const wide = layCard({ box, shapes: [label('w'.repeat(300))] }, photo, 12, systemText)!;
    expect(wide.size).toBeLessThan(12);
    expect(wide.width).toBeLessThanOrEqual(400);
  });
});
