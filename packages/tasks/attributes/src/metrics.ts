import { flagList, judgeMultiLabel, type Metrics, type PresentLabels } from '@facexformer/core/task';
import { vocabulary } from './vocabulary.js';

const { labels } = vocabulary;

/** Each attribute decided at probability 0.5; mean accuracy is the protocol of CelebA. */
export const metrics: Metrics<PresentLabels> = judgeMultiLabel('attributes', labels, (label) =>
  flagList('attributes', label, labels.length),
);
