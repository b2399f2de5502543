import { afterEach, describe, expect, it, vi } from 'vitest';
import { drawOnCanvas } from '../../src/draw/canvas.js';
import type { CanvasContext, CanvasLike } from '../../src/draw/canvas-context.js';
import { toSvg } from '../../src/draw/svg.js';
import type { Shape } from '../../src/index.js';

const photo = { width: 400, height: 300 };
const box = { x: 50, y: 60, width: 100, height: 120 };

type Call = readonly [name: string, ...values: unknown[]];

/** A context that writes down what it is told, with the style of each stroke. */
function recorder(): { readonly context: CanvasContext; readonly calls: Call[] } {
  const calls: Call[] = [];
  const style: Record<string, unknown> = {};
  const context = new Proxy(style, {
    get(_, name: string) {
      if (name === 'measureText') return (text: string) => ({ width: text.length * 5 });
      if (name === 'createImageData') {
        return (columns: number, rows: number) => ({ data: new Uint8ClampedArray(columns * rows * 4) });
      }
      if (name in style) return style[name];
      return (...values: unknown[]) => {
        const styled = name === 'stroke' ? [style.strokeStyle, style.lineWidth, style.globalAlpha] : values;
        calls.push([name, ...styled]);
      };
    },
  });
  return { context: context as unknown as CanvasContext, calls };
}

const named = (calls: readonly Call[], name: string) => calls.filter(([called]) => called === name);

const line: Shape = {
  kind: 'line',
  points: [
    { x: 1, y: 2 },
    { x: 3, y: 4 },
  ],
  color: '#ff0000',
  closed: true,
};

describe('drawOnCanvas', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('draws the strokes of the SVG, in its order, colours and widths', () => {
    const drawings = [{ box, shapes: [line] }];
    const { context, calls } = recorder();
    drawOnCanvas(context, drawings, photo);
    const strokes = named(calls, 'stroke').map(([, color, width, opacity]) => [
      color,
      Math.round(Number(width) * 100) / 100,
      opacity,
    ]);
    const paths = [
      ...toSvg(drawings, photo).matchAll(
        /<path[^>]*stroke="([^"]+)"[^>]*opacity="([^"]+)"[^>]*width="([^"]+)"/g,
      ),
    ];
    expect(strokes).toEqual(
      paths.map(([, color, opacity, width]) => [color, Number(width), Number(opacity)]),
    );
    expect(strokes).toHaveLength(4);
    expect(named(calls, 'closePath')).toHaveLength(2);
  });

  it('draws as many dots as there are points with a place', () => {
    const points = [
      { x: 1, y: 1 },
      { x: Number.NaN, y: 2 },
      { x: 5, y: 6 },
    ];
    const { context, calls } = recorder();
    drawOnCanvas(context, [{ box, shapes: [{ kind: 'points', points, color: '#00ff00' }] }], photo);
    expect(named(calls, 'arc').map(([, x, y]) => [x, y])).toEqual([
      [1, 1],
      [5, 6],
    ]);
  });

  it('writes the labels with the widths of its own font, inside the photo', () => {
    const shapes: Shape[] = [
      { kind: 'label', caption: 'age', text: 'about 30 years' },
      { kind: 'label', text: 'smiling' },
    ];
    const { context, calls } = recorder();
    drawOnCanvas(context, [{ box, shapes }], photo);
    const texts = named(calls, 'fillText');
    expect(texts.map(([, text]) => text).filter((text) => text !== '')).toEqual([
      'age',
      'about 30 years',
      'smiling',
    ]);
    for (const [, , x, y] of texts) {
      expect(Number(x)).toBeGreaterThan(box.x + box.width);
      expect(Number(x)).toBeLessThan(photo.width);
      expect(Number(y)).toBeLessThan(photo.height);
    }
    expect(String(context.font)).toMatch(/^[\d.]+px system-ui/);
  });

  it('stretches masks below everything else', () => {
    const mask: Shape = {
      kind: 'mask',
      x: 10,
      y: 20,
      width: 80,
      height: 60,
      columns: 4,
      rows: 3,
      labels: new Uint8Array(12).fill(1),
      colors: [undefined, '#ff0000'],
    };
    const { context, calls } = recorder();
    const layer = recorder();
    const sizes: number[][] = [];
    const newCanvas = (width: number, height: number): CanvasLike => {
      sizes.push([width, height]);
      return { getContext: () => layer.context };
    };
    drawOnCanvas(context, [{ box, shapes: [line, mask] }], photo, newCanvas);
    expect(sizes).toEqual([[4, 3]]);
    const [[, pixels]] = named(layer.calls, 'putImageData') as [
      [string, { readonly data: Uint8ClampedArray }],
    ];
    expect([...pixels.data.slice(0, 3)]).toEqual([255, 0, 0]);
    const names = calls.map(([name]) => name);
    expect(calls[names.indexOf('drawImage')]!.slice(2)).toEqual([10, 20, 80, 60]);
    expect(names.indexOf('drawImage')).toBeLessThan(names.indexOf('stroke'));
  });

  it('turns a mask about its centre', () => {
    const { context, calls } = recorder();
    const mask = {
      kind: 'mask',
      ...{ x: 10, y: 20, width: 80, height: 60, roll: 90, columns: 1, rows: 1 },
      labels: new Uint8Array(1),
      colors: [],
    } as const;
    drawOnCanvas(context, [{ box, shapes: [mask] }], photo, () => ({ getContext: () => recorder().context }));
    expect(named(calls, 'translate')).toEqual([
      ['translate', 50, 50],
      ['translate', -50, -50],
    ]);
    expect(named(calls, 'rotate')).toEqual([['rotate', Math.PI / 2]]);
  });

  it('uses an OffscreenCanvas by default, and says what to do where there is none', () => {
    const mask = {
      kind: 'mask',
      ...box,
      columns: 1,
      rows: 1,
      labels: new Uint8Array(1),
      colors: [],
    } as const;
    const draw = () => {
      const { context, calls } = recorder();
      try {
        drawOnCanvas(context, [{ box, shapes: [mask] }], photo);
      } finally {
        expect(named(calls, 'restore')).toHaveLength(named(calls, 'save').length);
      }
    };
    expect(draw).toThrow('pass newCanvas');
    vi.stubGlobal(
      'OffscreenCanvas',
      class {
        getContext = () => recorder().context;
      },
    );
    expect(draw).not.toThrow();
  });

  it('needs a size', () => {
    expect(() => drawOnCanvas(recorder().context, [], { width: 4, height: Number.NaN })).toThrow(
      'whose "height" is NaN',
    );
  });
});
