import { BYTES, demand, having, LIST, whole } from '../base/arguments.js';
import type { Color, Shape } from '../task/draw.js';

/** Opacity inside a region and along its border, 0..255. */
const INSIDE = 84;
const BORDER = 205;

const CELLS = whole(1, 16384);
const MASK = having('a shape of kind "mask"', { columns: CELLS, rows: CELLS, labels: BYTES, colors: LIST });

/** A mask as straight-alpha RGBA, `columns * rows * 4` bytes, to be stretched over its rectangle. */
export function maskPixels(mask: Shape & { readonly kind: 'mask' }): Uint8ClampedArray {
  const { columns, rows, labels } = demand(mask, MASK, 'maskPixels: mask');
  const colors = mask.colors.map((color) => color && channels(color));
  const pixels = new Uint8ClampedArray(columns * rows * 4);
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++) {
      const at = y * columns + x;
      const color = colors[labels[at]!];
      if (!color) continue;
      const alone =
        (x > 0 && labels[at - 1] !== labels[at]) ||
        (x + 1 < columns && labels[at + 1] !== labels[at]) ||
        (y > 0 && labels[at - columns] !== labels[at]) ||
        (y + 1 < rows && labels[at + columns] !== labels[at]);
      pixels.set([...color, alone ? BORDER : INSIDE], at * 4);
    }
  }
  return pixels;
}

/** `#rrggbb` to bytes; undefined for anything else. */
function channels(color: Color): readonly [number, number, number] | undefined {
  if (!/^#[0-9a-f]{6}$/i.test(color)) return undefined;
  const value = Number.parseInt(color.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}
