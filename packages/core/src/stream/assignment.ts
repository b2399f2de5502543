/**
 * Pairs rows with columns so that the sum of their scores is the largest (the Hungarian method with potentials).
 * @param scores [rows][columns], at least 0; 0 means that the two must not be paired
 * @returns the column of each row, -1 for none
 */
export function assign(scores: readonly (readonly number[])[]): readonly number[] {
  const rows = scores.length;
  const columns = scores[0]?.length ?? 0;
  const size = Math.max(rows, columns);
  const cost = (row: number, column: number): number => -(scores[row]?.[column] ?? 0);
  // Index 0 is the place that a search starts from; rows and columns count from 1.
  const rowPotential = new Array<number>(size + 1).fill(0);
  const columnPotential = new Array<number>(size + 1).fill(0);
  const rowOf = new Array<number>(size + 1).fill(0);

  for (let row = 1; row <= size; row++) {
    const from = new Array<number>(size + 1).fill(0);
    const slack = new Array<number>(size + 1).fill(Number.POSITIVE_INFINITY);
    const done = new Array<boolean>(size + 1).fill(false);
    rowOf[0] = row;
    let column = 0;
    while (rowOf[column] !== 0) {
      done[column] = true;
      const current = rowOf[column]!;
      let next = 0;
      for (let j = 1; j <= size; j++) {
        if (done[j]) continue;
        const reduced = cost(current - 1, j - 1) - rowPotential[current]! - columnPotential[j]!;
        if (reduced < slack[j]!) [slack[j], from[j]] = [reduced, column];
        if (next === 0 || slack[j]! < slack[next]!) next = j;
      }
      const step = slack[next]!;
      for (let j = 0; j <= size; j++) {
        if (done[j]) {
          rowPotential[rowOf[j]!]! += step;
          columnPotential[j]! -= step;
        } else {
          slack[j]! -= step;
        }
      }
      column = next;
    }
    while (column !== 0) {
      const previous = from[column]!;
      rowOf[column] = rowOf[previous]!;
      column = previous;
    }
  }

  const columnOf = new Array<number>(rows).fill(-1);
  for (let j = 1; j <= columns; j++) {
    const row = rowOf[j]! - 1;
    if (row >= 0 && (scores[row]?.[j - 1] ?? 0) > 0) columnOf[row] = j - 1;
  }
  return columnOf;
}
