import type { Classification } from '@facexformer/core';
import { type Judge, share, total } from './judge.js';

/** Judges a task that chooses one label: `<task>.accuracy`, the share of faces whose most probable label is right. */
const judgeClassification = (task: 'gender' | 'race' | 'expression'): Judge => ({
  task,
  judge({ raw, result, vocabulary }, truth) {
    const label = truth[task];
    if (label === undefined) return undefined;
    return {
      sums: Float64Array.of(1, Number((result as Classification).label === label)),
      logits: raw.data.slice(),
      target: vocabulary.labels.indexOf(label),
    };
  },
  figures(verdicts) {
    const [n, right] = total(verdicts, 2);
    return share(`${task}.accuracy`, right!, n!);
  },
});

export const judgeGender: Judge = judgeClassification('gender');
export const judgeRace: Judge = judgeClassification('race');
export const judgeExpression: Judge = judgeClassification('expression');
