import type { Classification } from './classification.js';
import { argmaxOf } from './decode.js';
import { sharesOf } from './labels.js';
import { type Metrics, share, total } from './metrics.js';

/**
 * Judges a task that chooses one label, by labels written as they are, or where opinions differ by the one with the largest
 * share: `<task>.accuracy` is the share of faces whose most probable label is right.
 */
export const judgeClassification = (task: string): Metrics<Classification> => ({
  headlines: [
    {
      figure: `${task}.accuracy`,
      title: `${task}, accuracy`,
      unit: 'share',
      better: 'higher',
      audited: true,
    },
  ],
  judge({ raw, result, vocabulary: { labels } }, label) {
    const target = argmaxOf(sharesOf(task, label, labels));
    const right = Number(result.label === labels[target]);
    return { sums: Float64Array.of(1, right), logits: raw.data.slice(), target };
  },
  figures(verdicts) {
    const [n, right] = total(verdicts, 2);
    return share(`${task}.accuracy`, right!, n!);
  },
  confusion: true,
});

/** For labels that are groups of people: a bias audit compares them, by what the model sees where labels are missing. */
export const groupsByLabel: Pick<Metrics<Classification>, 'group' | 'predictedGroup'> = {
  group: (label) => (typeof label === 'string' ? label : undefined),
  predictedGroup: ({ label }) => label,
};
