import type { ModelParameters, ParameterSlot } from '@facexformer/autodiff';
import { type Learning, type LossKind, OUTPUT_BIAS } from '@facexformer/core/task';
import type { Batch } from '../batch/batch.js';
import { type StepPlan, weightName } from '../plan/plan.js';

type Link = NonNullable<Learning['initialBias']>;

const each =
  (link: (mean: number) => number): Link =>
  (means) =>
    Array.from(means, link);

/** From the mean target to the raw output that answers it. */
const LINKS: Readonly<Partial<Record<LossKind, Link>>> = {
  absolute: each((mean) => mean),
  crossEntropy: each((mean) => Math.log(Math.max(mean, 1e-3))),
  binaryCrossEntropy: each((mean) => {
    const inside = Math.min(Math.max(mean, 0.01), 0.99);
    return Math.log(inside / (1 - inside));
  }),
};

/** Where the last bias of a task's head lies; undefined for heads that have none. */
export const outputBias = ({ slots }: ModelParameters, task: string): ParameterSlot | undefined =>
  slots.find(({ name }) => name === `tasks.${task}.${OUTPUT_BIAS}`);

/**
 * Starts every head at the answer that is right on average, by its last bias, in place. Otherwise
 * the whole network spends its first hundreds of steps on learning a constant, in which what tells faces apart is lost.
 */
export function startFromPriors(
  vector: Float32Array,
  parameters: ModelParameters,
  { learners }: StepPlan,
  batches: readonly Batch[],
): void {
  for (const { task, learning } of learners) {
    const { loss, initialBias } = learning;
    const link = initialBias ?? (typeof loss === 'string' ? LINKS[loss] : undefined);
    const slot = outputBias(parameters, task.name);
    const mean = link && slot && meanTarget(task.name, batches);
    if (!mean) continue;
    const bias = link(mean);
    if (bias.length === slot.length) vector.set(bias, slot.start);
  }
}

/** Mean of the targets, by their weights; undefined where no face has a label. */
function meanTarget(task: string, batches: readonly Batch[]): Float64Array | undefined {
  const first = batches[0]?.[task];
  if (!first) return undefined;
  const sums = new Float64Array(first.data.length / first.dims[0]!);
  let total = 0;
  for (const batch of batches) {
    batch[weightName(task)]!.data.forEach((weight, row) => {
      total += weight;
      for (let i = 0; i < sums.length; i += 1) {
        sums[i]! += weight * batch[task]!.data[row * sums.length + i]!;
      }
    });
  }
  return total === 0 ? undefined : sums.map((sum) => sum / total);
}
