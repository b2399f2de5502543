import { inverseMatrix, type ViewTransform } from '@facexformer/core/image';

/** Bilinear view of an RGB tile: planes [3, size, size] in 0..255, edges repeated. */
export function viewPixels(tile: Uint8Array, transform: ViewTransform): Float32Array {
  const { width: side } = transform.photo;
  const { width: size } = transform.view;
  const [ux, uy, vx, vy, ox, oy] = inverseMatrix(transform);
  const plane = size * size;
  const view = new Float32Array(3 * plane);
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
