import { VOCABULARIES } from '@facexformer/core';
import type { Attributes } from '@facexformer/tasks';
import { type Figures, type Judge, meanOf, total } from './judge.js';

const { labels } = VOCABULARIES.attributes;

/** Sums of each attribute: negatives right, negatives, positives right, positives. */
const PER_ATTRIBUTE = 4;

/**
 * 40 attributes, each decided at probability 0.5. `attributes.accuracy` is the mean of their accuracies, the protocol
 * of CelebA; `attributes.balanced` the mean of (recall of positives + recall of negatives) / 2 over the attributes that
 * have both.
 */
export const judgeAttributes: Judge = {
  task: 'attributes',
  judge({ raw, result, vocabulary }, { attributes }) {
    if (!attributes) return undefined;
    const { probabilities } = result as Attributes;
    const sums = new Float64Array(PER_ATTRIBUTE * labels.length);
    for (const [i, name] of labels.entries()) {
      const truth = attributes[i]!;
      const right = probabilities[name] >= 0.5 === truth > 0;
      sums[PER_ATTRIBUTE * i + 2 * truth]! = Number(right);
      sums[PER_ATTRIBUTE * i + 2 * truth + 1]! = 1;
    }
    const target = vocabulary.labels.map((name) => attributes[(labels as readonly string[]).indexOf(name)]!);
    return { sums, logits: raw.data.slice(), target };
  },
  figures(verdicts) {
    if (verdicts.length === 0) return {};
    const sums = total(verdicts, PER_ATTRIBUTE * labels.length);
    const accuracy: Record<string, number> = {};
    const balanced: Record<string, number> = {};
    for (const [i, name] of labels.entries()) {
      const own = sums.subarray(PER_ATTRIBUTE * i) as unknown as [number, number, number, number];
      const [negativesRight, negatives, positivesRight, positives] = own;
      accuracy[name] = (negativesRight + positivesRight) / (negatives + positives);
      if (negatives > 0 && positives > 0) {
        balanced[name] = (negativesRight / negatives + positivesRight / positives) / 2;
      }
    }
    return { ...named('attributes.accuracy', accuracy), ...named('attributes.balanced', balanced) };
  },
};

function named(name: string, values: Figures): Figures {
  const mean = meanOf(Object.values(values));
  const each = Object.entries(values).map(([label, value]) => [`${name}.${label}`, value]);
  return { ...(mean !== undefined && { [name]: mean }), ...Object.fromEntries(each) };
}
