/**
 * Symmetric int8 with one scale per row of a [rows, width] weight, returned transposed, [width, rows], as the
 * integer product wants it.
 */
export function quantizeRows(
  weight: Float32Array,
  rows: number,
  width: number,
): { readonly data: Int8Array; readonly scales: Float32Array } {
  const data = new Int8Array(rows * width);
  const scales = new Float32Array(rows);
  for (let row = 0; row < rows; row += 1) {
    let top = 0;
    for (let i = row * width; i < (row + 1) * width; i += 1) top = Math.max(top, Math.abs(weight[i]!));
    const scale = Math.fround(top / 127) || 1;
    scales[row] = scale;
    for (let i = 0; i < width; i += 1) data[i * rows + row] = Math.round(weight[row * width + i]! / scale);
  }
  return { data, scales };
}
