import { argmaxOf } from '@facexformer/core/task';
import type { Choice } from './calibration.js';

/** Counts of faces: `counts[true label][most probable label]`. */
export interface Confusion {
  readonly labels: readonly string[];
  readonly counts: readonly (readonly number[])[];
}

/** Tabulates what is taken for what. */
export function confusionOf(labels: readonly string[], choices: readonly Choice[]): Confusion {
  const counts = labels.map(() => labels.map(() => 0));
  for (const { logits, target } of choices) {
    if (typeof target === 'number') counts[target]![argmaxOf(logits)]! += 1;
  }
  return { labels, counts };
}
