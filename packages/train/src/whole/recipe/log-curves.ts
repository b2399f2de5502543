import { parseObject } from '@facexformer/core/formats';
import { type LineChart, lineCharts } from '@facexformer/statistics';
import type { StepLine, ValidationLine } from '../trainer/log.js';

const LAYOUT = { width: 240, height: 130, columns: 4 };

/** The losses and validation figures of a `log.jsonl`, one small chart each, as SVG. */
export function curves(log: string): string {
  const series = new Map<string, [number, number][]>();
  const put = (group: string, step: number, values: Readonly<Record<string, number>>): void => {
    for (const [name, value] of Object.entries(values)) {
      const key = `${group} ${name}`;
      series.set(key, [...(series.get(key) ?? []), [step, value]]);
    }
  };
  for (const line of log.split('\n')) {
    const entry = parseLine(line);
    if (entry && 'losses' in entry) put('loss', entry.step, entry.losses);
    if (entry && 'metrics' in entry) put('val', entry.step, entry.metrics);
  }
  const charts = [...series].map(([name, points]): LineChart => {
    const [step, value] = points.at(-1)!;
    return {
      title: `${name}: ${Number(value.toPrecision(3))}`,
      lines: [{ color: '#1f6feb', points }],
      note: `step ${step}`,
    };
  });
  return lineCharts(charts, LAYOUT);
}

/** The last line of a run that was killed may be cut off. */
const parseLine = (line: string): StepLine | ValidationLine | undefined =>
  parseObject(line) as StepLine | ValidationLine | undefined;
