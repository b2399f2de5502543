import {
  add,
  buildModel,
  concat,
  input,
  type ModelConfig,
  mul,
  reshape,
  slice,
  type Task,
  type Value,
  type Vocabulary,
} from '@facexformer/core';
import { type AdamPlan, adamStep } from './adam.js';
import { absolute, ageLoss, binaryCrossEntropy, crossEntropy, maskedMean, parsingLoss } from './losses.js';
import { type ParameterSlot, parameterList, partsOf } from './parameters.js';
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
}

/** Where everything is in the flat vectors. */
export const planSlots = ({ model, tasks, vocabularies }: StepPlan): readonly ParameterSlot[] =>
  parameterList((parameter) => {
    buildModel(model, { tasks, vocabularies, batch: 1, parameter });
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

/** Raw outputs from the flat vector `parameters` [P]; parsing only for the first `shape.masks` rows. */
export function planForward(
  plan: StepPlan,
  slots: readonly ParameterSlot[],
): {
  readonly outputs: Readonly<Record<string, Value>>;
  readonly vector: Value;
  readonly parts: readonly Value[];
} {
  const { model, tasks, vocabularies, shape, seed } = plan;
  const last = slots.at(-1)!;
  const vector = input('parameters', [last.start + last.length]);
  const { parameter, parts } = partsOf(vector, slots, seed);
  const own = tasks.map((task) => (task.name === 'parsing' ? firstRows(task, shape.masks) : task));
  const { outputs } = buildModel(model, { tasks: own, vocabularies, batch: shape.batch, parameter });
  return { outputs, vector, parts };
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
  const { shape, weights } = plan;
  const { outputs, vector, parts } = planForward(plan, slots);
  const targets = Object.fromEntries(
    Object.entries(targetShapes(shape)).map(([name, dims]) => [name, input(name, dims)]),
  );
  const losses = taskLosses(outputs, targets, shape);
  const total = Object.entries(losses)
    .map(([name, loss]) => mul(loss, weights[name] ?? 1))
    .reduce((sum, loss) => add(sum, loss));
  return {
    ...adamStep(total, vector, parts, slots, plan),
    losses: concat(
      LOSS_NAMES.map((name) => reshape(losses[name], [1])),
      0,
    ),
  };
}

function taskLosses(
  outputs: Readonly<Record<string, Value>>,
  targets: Readonly<Record<string, Value>>,
  { ageCentres }: StepShape,
): Readonly<Record<(typeof LOSS_NAMES)[number], Value>> {
  const rows = (name: string, loss: (x: Value, target: Value) => Value): Value =>
    maskedMean(loss(outputs[name]!, targets[name]!), targets[`${name}Weight`]!);
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
