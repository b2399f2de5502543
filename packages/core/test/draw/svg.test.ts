import { describe, expect, it } from 'vitest';
import type { FaceDrawing } from '../../src/draw/drawing.js';
import { toSvg } from '../../src/draw/svg.js';
import type { Shape } from '../../src/index.js';

const photo = { width: 400, height: 300 };
const box = { x: 50, y: 60, width: 100, height: 120 };
const draw = (...shapes: Shape[]) => toSvg([{ box, shapes }], photo);

describe('toSvg', () => {
  it('draws a line twice, dark and wide below, bright and narrow above', () => {
    const svg = draw({
      kind: 'line',
      points: [
        { x: 1, y: 2 },
        { x: 3.456, y: 4 },
      ],
      color: '#ff0000',
      closed: true,
    });
    const strokes = [...svg.matchAll(/d="M1 2L3.46 4Z" [^>]*stroke="(#\w+)"[^>]*stroke-width="([\d.]+)"/g)];
    expect(strokes.map((match) => match[1])).toEqual(['#000000', '#ff0000']);
    expect(Number(strokes[0]![2])).toBeGreaterThan(Number(strokes[1]![2]));
  });

  it.each([
    ['no list', { kind: 'label', text: 'sad' }, 'whose "shapes" is an object'],
    ['another kind', [{ kind: 'circle' }], 'whose "kind" is a text of 6 characters'],
    ['no points', [{ kind: 'points', points: null, color: '#ffffff' }], 'whose "points" is null'],
    ['a point that is none', [{ kind: 'line', points: [null], color: '#ffffff' }], 'whose item 0 is null'],
    ['a mask without labels', [{ kind: 'mask', columns: 2, rows: 2 }], 'whose "labels" is nothing'],
    ['a label without text', [{ kind: 'label' }], 'whose "text" is nothing'],
  ])('refuses %s', (_, shapes, message) => {
    expect(() => toSvg([{ box, shapes: shapes as never }], photo)).toThrow(
      expect.objectContaining({ code: 'BAD_OPTION', message: expect.stringContaining(message) }),
    );
  });

  it('grows with the face', () => {
    const radius = (scale: number) => {
      const big = { x: 0, y: 0, width: 100 * scale, height: 100 * scale };
      const points: Shape = { kind: 'points', points: [{ x: 9, y: 9 }], color: '#00ff00' };
      return Number(
        /r="([\d.]+)"/.exec(toSvg([{ box: big, shapes: [points] }], { width: 500, height: 500 }))![1],
      );
    };
    expect(radius(4) / radius(2)).toBeCloseTo(2, 1);
  });

  it('skips points that are no numbers and lines that lose theirs', () => {
    const svg = draw(
      {
        kind: 'line',
        points: [
          { x: Number.NaN, y: 2 },
          { x: 3, y: 4 },
        ],
        color: '#ff0000',
      },
      {
        kind: 'points',
        points: [
          { x: 1, y: Infinity },
          { x: 7, y: 8 },
        ],
        color: '#00ff00',
      },
    );
    expect(svg).not.toMatch(/NaN|Infinity|#ff0000/);
    expect(svg.match(/<circle/g)).toHaveLength(1);
  });

  it('escapes what a vocabulary may bring', () => {
    const svg = draw({ kind: 'label', caption: 'a"b', text: '</svg><script>&\u0000' });
    expect(svg).toContain('&lt;/svg&gt;&lt;script&gt;&amp;<');
    expect(svg).toContain('a&quot;b');
    const bad = { kind: 'points', points: [{ x: 1, y: 1 }], color: '#fff"><script>' } as const;
    expect(draw(bad)).not.toContain('<script>');
  });

  it('marks the corners of a box, but not of the whole photo', () => {
    const whole: FaceDrawing = { box: { x: 0, y: 0, ...photo }, shapes: [] };
    expect(toSvg([whole], photo)).not.toContain('<path');
    expect(draw().match(/<path/g)).toHaveLength(2);
  });

  it('needs a size', () => {
    expect(() => toSvg([], { width: 0, height: 3 })).toThrow('whose "width" is 0');
  });

  it('makes letters smaller rather than hide a face', () => {
    const label: Shape = { kind: 'label', text: 'x'.repeat(40) };
    const size = (at: typeof box) =>
      Number(
        /font-size="([\d.]+)"/.exec(toSvg([{ box: at, shapes: [label] }], { width: 400, height: 100 }))![1],
      );
    expect(size({ x: 150, y: 0, width: 100, height: 100 })).toBeLessThan(
      size({ x: 0, y: 0, width: 100, height: 100 }),
    );
  });
});
