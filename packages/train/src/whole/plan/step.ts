import {
  adamStep,
  lossOf,
  type ModelParameters,
  maskedMean,
  parametersFrom,
  parameterVector,
  partsOf,
} from '@facexformer/autodiff';
import type { Task } from '@facexformer/core';
import { add, concat, input, mul, reshape, slice, type Value } from '@facexformer/core/graph';
import { buildModel } from '@facexformer/core/model';
import { feedShapes, type StepPlan, weightName } from './plan.js';

/** The order of the output `losses`. */
export const lossNames = ({ learners }: StepPlan): readonly string[] => learners.map(({ task }) => task.name);

/** Raw outputs of the learners from the values of the slots; those of dense tasks for their first rows only. */
export function planForward(
  { model, learners, vocabularies, batch, seed, build = buildModel }: StepPlan,
  parameters: ModelParameters,
  parts: readonly Value[],
): Readonly<Record<string, Value>> {
  const parameter = parametersFrom(parts, parameters, seed);
  const tasks = learners.map(({ task, rows }) => (rows < batch ? firstRows(task, rows) : task));
  return build(model, { tasks, vocabularies, batch, parameter }).outputs;
}

/** The same task for the first rows of the batch alone. */
const firstRows = (task: Task, rows: number): Task => ({
  ...task,
  head: (context) =>
    task.head({
      ...context,
      tokens: slice(context.tokens, 0, 0, rows),
      face: { ...context.face, tokens: slice(context.face.tokens, 0, 0, rows) },
    }),
});

/**
 * One optimiser step as a graph: forward, losses, backward, clipping, AdamW and the moving average.
 * Inputs: {@link feedShapes}, and the state and `settings` of `adamStep`. Outputs: the state as `next...`, `losses` in
 * the order of {@link lossNames}, `norm`.
 */
export function stepGraph(plan: StepPlan, parameters: ModelParameters): Readonly<Record<string, Value>> {
  const vector = parameterVector(parameters);
  const parts = partsOf(vector, parameters);
  const { total, losses } = planLosses(plan, planForward(plan, parameters, parts));
  return { ...adamStep(total, vector, parts, parameters, plan), losses };
}

/** From raw outputs and targets to the scalar that is minimised, and each task's loss. */
export function planLosses(
  plan: StepPlan,
  outputs: Readonly<Record<string, Value>>,
): { readonly total: Value; readonly losses: Value } {
  const shapes = feedShapes(plan);
  const feed = (name: string): Value => input(name, shapes[name]!);
  const losses = plan.learners.map(({ task: { name }, learning, vocabulary }) => {
    const loss = lossOf(learning)(outputs[name]!, feed(name), vocabulary);
    return maskedMean(loss, feed(weightName(name)));
  });
  const total = plan.learners
    .map(({ task: { name } }, i) => mul(losses[i]!, plan.weights[name] ?? 1))
    .reduce((sum, loss) => add(sum, loss));
  return {
    total,
    losses: concat(
      losses.map((loss) => reshape(loss, [1])),
      0,
    ),
  };
}
