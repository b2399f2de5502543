import { NO_CLASS } from '../data/tile.js';
import { MIRRORED_CLASSES } from './labels.js';
import { type Placement, toTile } from './placement.js';

/** Bilinear view of an RGB tile: planes [3, size, size] in 0..255, edges repeated. */
export function viewPixels(tile: Uint8Array, side: number, placement: Placement, size: number): Float32Array {
  const plane = size * size;
  const view = new Float32Array(3 * plane);
  const [x00, y00] = toTile(placement, -1, -1);
  const [x10, y10] = toTile(placement, 1, -1);
  const [x01, y01] = toTile(placement, -1, 1);
  const step = side / size;
  const [ux, uy] = [(x10 - x00) * step, (y10 - y00) * step];
  const [vx, vy] = [(x01 - x00) * step, (y01 - y00) * step];
  const [ox, oy] = [x00 * side - 0.5 + (ux + vx) / 2, y00 * side - 0.5 + (uy + vy) / 2];
  const last = side - 1;
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      const x = Math.min(Math.max(ox + ux * column + vx * row, 0), last);
      const y = Math.min(Math.max(oy + uy * column + vy * row, 0), last);
      const x0 = x | 0;
      const y0 = y | 0;
      const right = x0 < last ? 3 : 0;
      const down = y0 < last ? 3 * side : 0;
      const at = (y0 * side + x0) * 3;
      const [fx, fy] = [x - x0, y - y0];
      const to = row * size + column;
      for (let c = 0; c < 3; c += 1) {
        const p = at + c;
        const a = tile[p]! + (tile[p + right]! - tile[p]!) * fx;
        const b = tile[p + down]! + (tile[p + down + right]! - tile[p + down]!) * fx;
        view[c * plane + to] = a + (b - a) * fy;
      }
    }
  }
  return view;
}

/** Nearest view of a class map, [size, size]; mirrored classes change sides. */
export function viewMask(mask: Uint8Array, side: number, placement: Placement, size: number): Uint8Array {
  const view = new Uint8Array(size * size).fill(NO_CLASS);
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      const [x, y] = toTile(placement, (2 * column + 1) / size - 1, (2 * row + 1) / size - 1);
      const [tx, ty] = [Math.floor(x * side), Math.floor(y * side)];
      if (tx < 0 || ty < 0 || tx >= side || ty >= side) continue;
      const label = mask[ty * side + tx]!;
      view[row * size + column] = placement.mirrored ? (MIRRORED_CLASSES[label] ?? label) : label;
    }
  }
  return view;
}
