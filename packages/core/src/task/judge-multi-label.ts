import { type Headline, type Metrics, meanAndParts, total } from './metrics.js';

/** What is judged of a result. */
export interface PresentLabels {
  readonly present: readonly string[];
}

/** Sums of each label: negatives right, negatives, positives right, positives. */
const PER_LABEL = 4;

/**
 * Judges yes-or-no questions by what the task counts as present. `<task>.accuracy` is the mean of the labels'
 * accuracies, `<task>.balanced` the mean of (recall of positives + recall of negatives) / 2 over the labels that have
 * both.
 * @param flagsOf a label of the data as 0 or 1 for each of `labels`
 */
export const judgeMultiLabel = (
  task: string,
  labels: readonly string[],
  flagsOf: (label: unknown) => readonly number[],
): Metrics<PresentLabels> => ({
  headlines: [
    { figure: `${task}.accuracy`, title: `${task}, mean accuracy` },
    { figure: `${task}.balanced`, title: `${task}, mean balanced accuracy` },
  ].map((headline): Headline => ({ ...headline, unit: 'share', better: 'higher', audited: true })),
  judge({ raw, result: { present }, vocabulary }, label) {
    const flags = flagsOf(label);
    const sums = new Float64Array(PER_LABEL * labels.length);
    for (const [i, name] of labels.entries()) {
      const truth = flags[i]!;
      sums[PER_LABEL * i + 2 * truth] = Number(present.includes(name) === truth > 0);
      sums[PER_LABEL * i + 2 * truth + 1] = 1;
    }
    const target = vocabulary.labels.map((name) => flags[labels.indexOf(name)]!);
    return { sums, logits: raw.data.slice(), target };
  },
  figures(verdicts) {
    if (verdicts.length === 0) return {};
    const sums = total(verdicts, PER_LABEL * labels.length);
    const accuracies: [string, number][] = [];
    const balanced: [string, number][] = [];
    for (const [i, name] of labels.entries()) {
      const [negativesRight = 0, negatives = 0, positivesRight = 0, positives = 0] = sums.subarray(
        PER_LABEL * i,
      );
      accuracies.push([name, (negativesRight + positivesRight) / (negatives + positives)]);
      if (negatives > 0 && positives > 0) {
        balanced.push([name, (negativesRight / negatives + positivesRight / positives) / 2]);
      }
    }
    return { ...meanAndParts(`${task}.accuracy`, accuracies), ...meanAndParts(`${task}.balanced`, balanced) };
  },
});
