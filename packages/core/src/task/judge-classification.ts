import type { Classification } from './classification.js';
import { unknownLabel } from './labels.js';
import { type Metrics, share, total } from './metrics.js';

/**
 * Judges a task that chooses one label, by labels written as they are: `<task>.accuracy` is the share of faces whose
 * most probable label is right.
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
    const target = (labels as readonly unknown[]).indexOf(label);
    if (target < 0) throw unknownLabel(task, label, `it knows ${labels.join(', ')}`);
    return { sums: Float64Array.of(1, Number(result.label === label)), logits: raw.data.slice(), target };
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
