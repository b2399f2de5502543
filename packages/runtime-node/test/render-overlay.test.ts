import { readFile } from 'node:fs/promises';
import type { Pixels, Shape } from '@facexformer/core';
import { fixtureUrl } from '@facexformer/test-utils/fixture-url';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { renderOverlay } from '../src/render-overlay.js';

const flat = (width: number, height: number, value: number): Pixels => ({
  width,
  height,
  data: new Uint8Array(width * height * 3).fill(value),
});
const read = async (png: Uint8Array) => {
  const { data, info } = await sharp(png).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const at = (x: number, y: number) => [
    ...data.subarray((y * info.width + x) * 3, (y * info.width + x) * 3 + 3),
  ];
  return { ...info, at };
};
const box = { x: 300, y: 200, width: 200, height: 200 };
const mask = (x: number, y: number): Shape => ({
  kind: 'mask',
  x,
  y,
  width: 200,
  height: 200,
  columns: 4,
  rows: 4,
  labels: new Uint8Array(16).fill(1),
  colors: [undefined, '#ff0000'],
});

describe('renderOverlay', () => {
  it('tints what the mask covers, and leaves the rest as it was', async () => {
    const { width, height, at } = await read(
      await renderOverlay(flat(800, 600, 100), [{ box, shapes: [mask(300, 200)] }]),
    );
    expect([width, height]).toEqual([800, 600]);
    const [red, green] = at(400, 300) as [number, number];
    expect(red).toBeGreaterThan(120);
    expect(green).toBeLessThan(90);
    expect(at(20, 20)).toEqual([100, 100, 100]);
    expect(at(400, 450)).toEqual([100, 100, 100]);
  });

  it('cuts masks that reach beyond the photo, and skips those outside', async () => {
    const shapes = [mask(-100, -100), mask(700, 500), mask(900, 900)];
    const { at } = await read(await renderOverlay(flat(800, 600, 100), [{ box, shapes }]));
    expect(at(50, 50)[0]).toBeGreaterThan(120);
    expect(at(790, 590)[0]).toBeGreaterThan(120);
    expect(at(120, 120)).toEqual([100, 100, 100]);
  });

  it('turns masks about their centre', async () => {
    const turned = { ...mask(300, 200), roll: 45 } as Shape;
    const { at } = await read(await renderOverlay(flat(800, 600, 100), [{ box, shapes: [turned] }]));
    expect(at(400, 300)[0]).toBeGreaterThan(120);
    expect(at(400, 180)[0]).toBeGreaterThan(120); // its corner points up
    expect(at(315, 215)).toEqual([100, 100, 100]); // and leaves that of the square
  });

  it('draws lines that read on white and on black', async () => {
    const shapes: readonly Shape[] = [
      {
        kind: 'line',
        points: [
          { x: 310, y: 300 },
          { x: 490, y: 300 },
        ],
        color: '#ffffff',
        width: 3,
      },
    ];
    for (const ground of [0, 255]) {
      const { at } = await read(await renderOverlay(flat(800, 600, ground), [{ box, shapes }]));
      const column = Array.from({ length: 21 }, (_, i) => at(400, 290 + i)[0]!);
      expect(Math.max(...column) - Math.min(...column)).toBeGreaterThan(100);
    }
  });

  it('writes a dark card with bright letters that hides no face', async () => {
    const shapes: readonly Shape[] = [{ kind: 'label', caption: 'age', text: 'about 40 years' }];
    const { at } = await read(await renderOverlay(flat(800, 600, 200), [{ box, shapes }]));
    const all = (from: number, to: number) =>
      Array.from({ length: to - from }, (_, i) =>
        Array.from({ length: 600 }, (__, y) => at(from + i, y)[0]!),
      ).flat();
    const right = all(502, 800);
    expect(right.some((value) => value < 70)).toBe(true);
    expect(right.filter((value) => value > 240).length).toBeGreaterThan(50);
    expect(all(340, 460).every((value) => value === 200)).toBe(true);
  });

  it('adds a strip for the card of a face that fills the photo', async () => {
    const face = { x: 0, y: 0, width: 800, height: 600 };
    const shapes: readonly Shape[] = [{ kind: 'label', caption: 'age', text: 'about 40 years' }];
    const { width, height, at } = await read(
      await renderOverlay(flat(800, 600, 200), [{ box: face, shapes }]),
    );
    expect([width, height]).toEqual([800 + 440, 600]);
    for (let x = 0; x < 800; x++) expect(at(x, 300)).toEqual([200, 200, 200]);
  });

  it.each([
    [{}, 800, 400],
    [{ minSide: 101 }, 200, 100],
    [{ minSide: 0 }, 100, 50],
  ])('enlarges small photos by a whole factor: %j', async (options, width, height) => {
    const { at, ...size } = await read(await renderOverlay(flat(100, 50, 9), [], options));
    expect(size).toMatchObject({ width, height });
    expect(at(width - 1, height - 1)).toEqual([9, 9, 9]);
  });

  it.each([-1, Number.NaN, 1e9])('refuses minSide %d', async (minSide) => {
    await expect(renderOverlay(flat(9, 9, 9), [], { minSide })).rejects.toMatchObject({ code: 'BAD_OPTION' });
  });

  it('renders pixels that lie anywhere in a buffer', async () => {
    const { data, info } = await sharp(await readFile(fixtureUrl('astronaut.png')))
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    const shifted = new Uint8Array(data.length + 7);
    shifted.set(data, 7);
    const photo = { width: info.width, height: info.height, data: shifted.subarray(7) };
    const half = await sharp(await renderOverlay(photo, []))
      .resize(info.width)
      .removeAlpha()
      .raw()
      .toBuffer();
    const difference = half.reduce((sum, value, k) => sum + Math.abs(value - data[k]!), 0) / data.length;
    expect(difference).toBeLessThan(3);
  });

  it('refuses malformed pixels', async () => {
    await expect(renderOverlay({ width: 2, height: 2, data: new Uint8Array(3) }, [])).rejects.toThrow(
      'need 12 RGB bytes',
    );
  });
});
