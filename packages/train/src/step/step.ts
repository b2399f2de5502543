import type { ModelConfig, Task, Vocabulary } from '@facexformer/core';
import { add, concat, input, mul, reshape, slice, type Value } from '@facexformer/core/graph';
import { type BuildOptions, buildModel, type ModelGraph } from '@facexformer/core/model';
import { type AdamPlan, adamStep } from './adam.js';
import { absolute, ageLoss, binaryCrossEntropy, crossEntropy, maskedMean, parsingLoss } from './losses.js';
import { type ParameterSlot, parameterList, parametersFrom, parameterVector, partsOf } from './parameters.js';
import { type StepShape, targetShapes } from './targets.js';

export { corrections } from './adam.js';

/** What a step graph is made from. */
export interface StepPlan extends AdamPlan {
  readonly model: ModelConfig;
  readonly tasks: readonly Task[];
  readonly vocabularies: Readonly<Record<string, Vocabulary>>;
  readonly shape: StepShape;
  readonly seed: number;
  /** Factor of each task's loss. */
  readonly weights: Readonly<Record<string, number>>;
  /** What assembles the network, for experiments with its parts; `buildModel` by default. */
  readonly build?: (config: ModelConfig, options: BuildOptions) => Pick<ModelGraph, 'outputs'>;
  /** Losses [B] that replace the paper's, by task; not of parsing. */
  readonly losses?: Readonly<Record<string, RowLoss>>;
}

/** Loss of each row [B] from raw outputs [B, ...] and targets [B, ...]. */
type RowLoss = (output: Value, target: Value) => Value;

/** Where everything is in the flat vectors. */
export const planSlots = ({
  model,
  tasks,
  vocabularies,
  build = buildModel,
}: StepPlan): readonly ParameterSlot[] =>
  parameterList((parameter) => {
    build(model, { tasks, vocabularies, batch: 1, parameter });
  });

/** The order of `losses`. */
export const LOSS_NAMES = [
  'parsing',
  'landmarks',
  'headPose',
  'visibility',
  'attributes',
  'age',
  'gender',
  'race',
  'expression',
] as const;

/** Raw outputs from the values of the slots; parsing only for the first `shape.masks` rows. */
export function planForward(
  { model, tasks, vocabularies, shape, seed, build = buildModel }: StepPlan,
  slots: readonly ParameterSlot[],
  parts: readonly Value[],
): Readonly<Record<string, Value>> {
  const parameter = parametersFrom(parts, slots, seed);
  const own = tasks.map((task) => (task.name === 'parsing' ? firstRows(task, shape.masks) : task));
  return build(model, { tasks: own, vocabularies, batch: shape.batch, parameter }).outputs;
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
 * Inputs: targets, `parameters`, `first`, `second`, `average` [P], and `settings` [4] (learning rate, the two bias
 * corrections, share of the new parameters in the average). Outputs: the four vectors as `next...`, `losses`, `norm`.
 */
export function stepGraph(plan: StepPlan, slots: readonly ParameterSlot[]): Readonly<Record<string, Value>> {
  const vector = parameterVector(slots);
  const parts = partsOf(vector, slots);
  const { total, losses } = planLosses(plan, planForward(plan, slots, parts));
  return { ...adamStep(total, vector, parts, slots, plan), losses };
}

/** From raw outputs and the targets to the scalar that is minimised, and each task's loss in the order of `LOSS_NAMES`. */
export function planLosses(
  { shape, weights, losses: replaced = {} }: StepPlan,
  outputs: Readonly<Record<string, Value>>,
): { readonly total: Value; readonly losses: Value } {
  const targets = Object.fromEntries(
    Object.entries(targetShapes(shape)).map(([name, dims]) => [name, input(name, dims)]),
  );
  const losses = taskLosses(outputs, targets, shape, replaced);
  const total = Object.entries(losses)
    .map(([name, loss]) => mul(loss, weights[name] ?? 1))
    .reduce((sum, loss) => add(sum, loss));
  const all = LOSS_NAMES.map((name) => reshape(losses[name], [1]));
  return { total, losses: concat(all, 0) };
}

function taskLosses(
  outputs: Readonly<Record<string, Value>>,
  targets: Readonly<Record<string, Value>>,
  { ageCentres }: StepShape,
  replaced: Readonly<Record<string, RowLoss>>,
): Readonly<Record<(typeof LOSS_NAMES)[number], Value>> {
  const rows = (name: string, loss: RowLoss): Value =>
    maskedMean((replaced[name] ?? loss)(outputs[name]!, targets[name]!), targets[`${name}Weight`]!);
  return {
    parsing: parsingLoss(outputs.parsing!, targets.parsing!),
    landmarks: rows('landmarks', absolute),
    headPose: rows('headPose', absolute),
    visibility: rows('visibility', binaryCrossEntropy),
    attributes: rows('attributes', binaryCrossEntropy),
    age: rows('age', (x, target) => ageLoss(x, target, targets.ageYears!, ageCentres)),
    gender: rows('gender', crossEntropy),
    race: rows('race', crossEntropy),
    expression: rows('expression', crossEntropy),
  };
}
