import type { Comparison } from '../statistics/audit.js';
import { spanToWords, toWords } from '../words/words.js';
import { ACCENT, box, FAINT, INK, line, picture, SECOND, SMALL, words } from './svg.js';

const LEFT = 120;
const BAR = 360;
const ROW = 22;
const HEAD = 44;

/** A figure in each group of each dimension, with its 95 % interval; the worst group is of another colour. */
export function groupsPicture(title: string, comparisons: readonly Comparison[]): string {
  const most = Math.max(...comparisons.flatMap(({ groups }) => groups.map(({ high }) => high)));
  const x = (value: number): number => LEFT + (value / most) * BAR;
  const parts: string[] = [];
  let y = 44;
  for (const { dimension, groups, gap, headline } of comparisons) {
    const { unit, better } = headline;
    const values = groups.map(({ value }) => value);
    const worst = better === 'higher' ? Math.min(...values) : Math.max(...values);
    const span = `gap ${toWords(gap.value, unit)} (${spanToWords(gap, unit)})`;
    parts.push(
      words(14, y + 16, `by ${dimension}`, { weight: 'bold', size: 12 }),
      words(LEFT + BAR + 100, y + 16, span, { anchor: 'end', ...SMALL }),
      line(14, y + 28, LEFT + BAR + 100, y + 28, FAINT),
    );
    y += HEAD;
    for (const { group, n, value, low, high } of groups) {
      parts.push(
        words(LEFT - 8, y, group, { anchor: 'end', size: 12 }),
        box(LEFT, y - 7, x(value) - LEFT, 14, value === worst ? SECOND : ACCENT, 0.8),
        line(x(low), y, x(high), y, INK),
        line(x(low), y - 4, x(low), y + 4, INK),
        line(x(high), y - 4, x(high), y + 4, INK),
        words(LEFT + BAR + 10, y, `${toWords(value, unit)}  (n ${n})`, SMALL),
      );
      y += ROW;
    }
    y += 6;
  }
  return picture(title, LEFT + BAR + 120, y + 6, parts);
}
