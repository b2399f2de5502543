import type { ModelParameters } from '@facexformer/autodiff';
import type { StepPlan } from '../plan/plan.js';
import type { TileLabels } from '../tiles/tile-index.js';
import { outputBias } from './priors.js';

/** Share of how common a task's labels are among the training faces that its answers leave out, 0..1, by task. */
export type Balance = Readonly<Record<string, number>>;

/**
 * Takes a share of each label's log odds (of classes: log frequency) among the training faces off its logit, by the last
 * bias of the head. With 0 it answers for faces as the training photos have them, with 1 as if every label were as common
 * as its absence, or every class as any other (logit adjustment, Menon et al. 2021, arXiv 2007.07314). Returns a copy.
 * @param sign -1 puts back what was taken off
 */
export function balanceLogits(
  vector: Float32Array,
  parameters: ModelParameters,
  { learners }: StepPlan,
  faces: readonly TileLabels[],
  balance: Balance,
  sign = 1,
): Float32Array {
  const balanced = vector.slice();
  for (const { task, learning, vocabulary, raw } of learners) {
    const share = balance[task.name];
    const bias = share && outputBias(parameters, task.name);
    if (!bias) continue;
    const context = { crop: { x: 0, y: 0, width: 1, height: 1 }, raw, vocabulary, classes: [] };
    const known = faces.flatMap(({ labels: { [task.name]: label } }) =>
      label === undefined ? [] : [learning.encode(label, context)],
    );
    if (known.length === 0) continue;
    for (let i = 0; i < bias.length; i += 1) {
      const present = known.reduce((sum, labels) => sum + labels[i]!, 0);
      const others = learning.loss === 'crossEntropy' ? known.length : known.length - present;
      const odds = (present + 1) / (others + 1); // never 0 or infinite
      balanced[bias.start + i]! -= sign * share * Math.log(odds);
    }
  }
  return balanced;
}
