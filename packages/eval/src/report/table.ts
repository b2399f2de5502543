/** The cells of a row. */
export type Cells = readonly string[];

/** A table in Markdown. */
export const table = (head: Cells, rows: readonly Cells[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
