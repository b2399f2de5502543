import { describe, expect, it } from 'vitest';
import {
  gridToPhoto,
  intersectionOverUnion,
  photoToGrid,
  photoToUnit,
  unitToPhoto,
} from '../../src/image/geometry.ts';

const crop = { x: 30, y: -12, width: 300, height: 260 };

describe('unitToPhoto', () => {
  // px224 by the official formula, then to a crop of W x H: (px224 + 0.5) * W / 224 - 0.5.
  it.each([-1, -0.31, 0, 0.5, 1, 1.2])('equals the official mapping at %d', (p) => {
    const official = ((p + 1) * 224 - 1) / 2;
    const photo = unitToPhoto({ x: p, y: p }, crop);
    expect(photo.x).toBeCloseTo(((official + 0.5) * 300) / 224 - 0.5 + 30, 9);
    expect(photo.y).toBeCloseTo(((official + 0.5) * 260) / 224 - 0.5 - 12, 9);
  });

  it('puts the middle of a two-pixel crop between its pixel centres', () => {
    expect(unitToPhoto({ x: 0, y: 0 }, { x: 0, y: 0, width: 2, height: 2 })).toEqual({ x: 0.5, y: 0.5 });
  });

  it('is undone by photoToUnit', () => {
    const back = photoToUnit(unitToPhoto({ x: -0.7, y: 0.9 }, crop), crop);
    expect(back.x).toBeCloseTo(-0.7, 12);
    expect(back.y).toBeCloseTo(0.9, 12);
  });
});

describe('a turned crop', () => {
  const turned = { x: 10, y: 20, width: 100, height: 100, roll: 90 }; // clockwise, about 59.5, 69.5

  it('has its upper edge at the right', () => {
    const top = unitToPhoto({ x: 0, y: -1 }, turned);
    expect([top.x, top.y]).toEqual([expect.closeTo(109.5, 9), expect.closeTo(69.5, 9)]);
    const left = unitToPhoto({ x: -1, y: 0 }, turned);
    expect([left.x, left.y]).toEqual([expect.closeTo(59.5, 9), expect.closeTo(19.5, 9)]);
  });

  it.each([30, -135, 180])('turned by %d is left as it was entered', (roll) => {
    const place = { ...crop, roll };
    const back = photoToUnit(unitToPhoto({ x: -0.7, y: 0.9 }, place), place);
    expect([back.x, back.y]).toEqual([expect.closeTo(-0.7, 12), expect.closeTo(0.9, 12)]);
    const grid = { columns: 5, rows: 7 };
    const cell = photoToGrid(gridToPhoto({ x: 3, y: 1 }, grid, place), grid, place);
    expect([cell.x, cell.y]).toEqual([expect.closeTo(3, 9), expect.closeTo(1, 9)]);
  });
});

it('photoToGrid lays cell edges on crop edges', () => {
  const grid = { columns: 224, rows: 112 };
  const first = photoToGrid({ x: 29.5, y: -12.5 }, grid, crop);
  const last = photoToGrid({ x: 329.5, y: 247.5 }, grid, crop);
  expect(first).toEqual({ x: -0.5, y: -0.5 });
  expect(last).toEqual({ x: 223.5, y: 111.5 });
});

describe('intersectionOverUnion', () => {
  const a = { x: 0, y: 0, width: 4, height: 2 };
  it.each([
    [a, 1],
    [{ x: 2, y: 0, width: 4, height: 2 }, 1 / 3],
    [{ x: 1, y: 1, width: 1, height: 1 }, 1 / 8],
    [{ x: 4, y: 0, width: 4, height: 2 }, 0],
    [{ x: 0, y: 9, width: 4, height: 2 }, 0],
    [{ x: 0, y: 0, width: 0, height: 0 }, 0],
  ])('with %j', (b, expected) => {
    expect(intersectionOverUnion(a, b)).toBeCloseTo(expected, 12);
    expect(intersectionOverUnion(b, a)).toBeCloseTo(expected, 12);
  });
});
