import {
  type ClassMap,
  judgeSegmentation,
  type Metrics,
  pixelsOf,
  segmentationSums,
  share,
  total,
} from '@facexformer/core/task';
import { vocabulary } from './vocabulary.js';

const { labels } = vocabulary;
const HAIR = labels.indexOf('hair');

const f1 = judgeSegmentation('parsing', labels);

/** F1 of the ten classes, and `parsing.hairOutside`: the share of hair that the crop cannot show. */
export const metrics: Metrics<ClassMap> = {
  ...f1,
  figures(verdicts) {
    const sums = total(verdicts, segmentationSums(labels.length));
    const hair = (inside: boolean): number => pixelsOf(sums, labels.length, HAIR, inside).actual;
    const whole = hair(false);
    return { ...f1.figures(verdicts), ...share('parsing.hairOutside', whole - hair(true), whole) };
  },
};
