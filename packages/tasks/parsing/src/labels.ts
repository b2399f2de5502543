/** A class for every cell of a grid. */
interface LabelGrid {
  readonly columns: number;
  readonly rows: number;
  readonly labels: Uint8Array;
}

/** Logits [classes, rows, columns] to the largest class of each cell, the first of equals. */
export function largestClasses(logits: Float32Array, rows: number, columns: number): LabelGrid {
  const cells = rows * columns;
  const best = logits.slice(0, cells);
  const labels = new Uint8Array(cells);
  for (let start = cells, label = 1; start < logits.length; start += cells, label++) {
    for (let cell = 0; cell < cells; cell++) {
      const value = logits[start + cell]!;
      if (value > best[cell]!) {
        best[cell] = value;
        labels[cell] = label;
      }
    }
  }
  return { columns, rows, labels };
}

/**
 * The same on a grid twice as fine, between whose cells the logits are interpolated bilinearly. Where four neighbours
 * agree, so does everything between them: only borders are computed.
 */
export function finerClasses(logits: Float32Array, rows: number, columns: number): LabelGrid {
  const { labels: coarse } = largestClasses(logits, rows, columns);
  const cells = rows * columns;
  const classes = logits.length / cells;
  const labels = new Uint8Array(4 * cells);
  for (let row = 0; row < 2 * rows; row++) {
    // A fine cell lies a quarter of the way from its coarse cell to a neighbour.
    const near = row >> 1;
    const far = Math.min(Math.max(near + (row % 2 ? 1 : -1), 0), rows - 1);
    for (let column = 0; column < 2 * columns; column++) {
      const beside = column >> 1;
      const beyond = Math.min(Math.max(beside + (column % 2 ? 1 : -1), 0), columns - 1);
      const [a, b] = [near * columns + beside, near * columns + beyond];
      const [c, d] = [far * columns + beside, far * columns + beyond];
      let label = coarse[a]!;
      if (coarse[b] !== label || coarse[c] !== label || coarse[d] !== label) {
        let best = Number.NEGATIVE_INFINITY;
        for (let k = 0; k < classes; k++) {
          const at = k * cells;
          const value = 9 * logits[at + a]! + 3 * (logits[at + b]! + logits[at + c]!) + logits[at + d]!;
          if (value > best) {
            best = value;
            label = k;
          }
        }
      }
      labels[row * 2 * columns + column] = label;
    }
  }
  return { columns: 2 * columns, rows: 2 * rows, labels };
}
