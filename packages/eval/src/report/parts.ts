import type { Figures, Headline } from '@facexformer/core/task';
import type { Interval } from '@facexformer/statistics';
import { spanToWords, toWords } from '../words/words.js';
import type { Report } from './report.js';
import { type Cells, table } from './table.js';

/**
 * All figures but the headlines, by their stable names. The parts of a task that tells several figures of each label
 * stand side by side in a table of its own.
 */
export function partsText({ headlines, figures, intervals }: Report): string {
  const known = new Set(headlines.map(({ figure }) => figure));
  const names = Object.keys(figures).filter((name) => intervals[name] && !known.has(name));
  const partsOf = ({ figure }: Headline): readonly string[] =>
    names.flatMap((name) => (name.startsWith(`${figure}.`) ? [name.slice(figure.length + 1)] : []));
  const withParts = headlines.filter((headline) => partsOf(headline).length > 0);
  const tabled = [...new Set(withParts.map(taskOf))]
    .map((task) => ({ task, own: withParts.filter((headline) => taskOf(headline) === task) }))
    .filter(({ own }) => own.length > 1);
  const unitOf = (name: string) =>
    headlines.find(({ figure }) => name.startsWith(`${figure}.`))?.unit ?? 'share';
  const cells = (name: string): Cells => cellsOf(figures, intervals, name, unitOf(name));
  const others = names.filter((name) => !tabled.some(({ task }) => name.startsWith(`${task}.`)));
  const tables = tabled.map(({ task, own }) => {
    const columns = own.flatMap(({ figure }) => [figure.slice(task.length + 1), '95 % interval']);
    const parts = [...new Set(own.flatMap(partsOf))];
    const rows = parts.map((part) => [part, ...own.flatMap(({ figure }) => cells(`${figure}.${part}`))]);
    return table([task, ...columns], rows);
  });
  const list = table(
    ['figure', 'value', '95 % interval'],
    others.map((name) => [`\`${name}\``, ...cells(name)]),
  );
  return [...(others.length > 0 ? [list] : []), ...tables].join('\n\n');
}

const taskOf = ({ figure }: Headline): string => figure.split('.')[0]!;

function cellsOf(
  figures: Figures,
  intervals: Readonly<Record<string, Interval>>,
  name: string,
  unit: Headline['unit'],
): Cells {
  const [value, interval] = [figures[name], intervals[name]];
  return value === undefined || !interval ? ['', ''] : [toWords(value, unit), spanToWords(interval, unit)];
}
