import type { Confusion } from '../statistics/confusion.js';
import { ACCENT, box, INK, picture, SMALL, words } from './svg.js';

const CELL = 62;
const LEFT = 110;
const TOP = 86;

/** A confusion matrix: a row a true label, shares of the row in percent, counts beneath. */
export function confusionPicture(title: string, { labels, counts }: Confusion): string {
  const rows = counts.map((row) => row.reduce((sum, count) => sum + count, 0));
  const cells = counts.flatMap((row, r) =>
    row.flatMap((count, c) => {
      const part = rows[r]! > 0 ? count / rows[r]! : 0;
      const [x, y] = [LEFT + c * CELL, TOP + r * CELL];
      const fill = part > 0.55 ? 'white' : INK;
      return [
        box(x + 1, y + 1, CELL - 2, CELL - 2, '#f3f4f6'),
        box(x + 1, y + 1, CELL - 2, CELL - 2, ACCENT, part),
        words(x + CELL / 2, y + CELL / 2 - 7, `${Math.round(100 * part)} %`, {
          anchor: 'middle',
          size: 14,
          fill,
        }),
        words(x + CELL / 2, y + CELL / 2 + 11, `${count}`, { anchor: 'middle', size: 10, fill }),
      ];
    }),
  );
  const side = labels.length * CELL;
  return picture(`${title}: what is taken for what`, Math.max(LEFT + side + 20, 380), TOP + side + 20, [
    words(14, 44, 'rows: label, columns: answer, in % of the row', SMALL),
    ...labels.map((label, i) =>
      words(LEFT + (i + 0.5) * CELL, TOP - 12, label, { anchor: 'middle', size: 11 }),
    ),
    ...labels.map((label, i) => words(LEFT - 8, TOP + (i + 0.5) * CELL, label, { anchor: 'end', size: 12 })),
    ...cells,
  ]);
}
