import { type Metrics, meanAndParts, total } from './metrics.js';

/**
 * Judges estimated numbers by their mean absolute errors: `<task>.mae.<label>` of each, `<task>.mae` their mean.
 * @param numbersOf a label of the data as a number for each of `labels`
 * @param unit of the numbers
 */
export const judgeRegression = (
  task: string,
  labels: readonly string[],
  numbersOf: (label: unknown) => readonly number[],
  unit: 'degrees' | 'number',
): Metrics<Readonly<Record<string, number>>> => ({
  headlines: [
    { figure: `${task}.mae`, title: `${task}, mean absolute error`, unit, better: 'lower', audited: true },
  ],
  judge({ result }, label) {
    const truth = numbersOf(label);
    return { sums: Float64Array.of(1, ...labels.map((name, i) => Math.abs(result[name]! - truth[i]!))) };
  },
  figures(verdicts) {
    const [n = 0, ...errors] = total(verdicts, 1 + labels.length);
    return n === 0
      ? {}
      : meanAndParts(
          `${task}.mae`,
          labels.map((name, i) => [name, errors[i]! / n] as const),
        );
  },
});
