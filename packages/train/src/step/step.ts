import {
  add,
  buildModel,
  concat,
  constant,
  div,
  input,
  type ModelConfig,
  minimum,
  mul,
  reduceSum,
  reshape,
  scalar,
  slice,
  sqrt,
  sub,
  type Task,
  type Value,
  type Vocabulary,
} from '@facexformer/core';
import { pullBack } from '../gradient/gradients.js';
import { absolute, ageLoss, binaryCrossEntropy, crossEntropy, maskedMean, parsingLoss } from './losses.js';
import { decayMask, type ParameterSlot, parameterList, partsOf } from './parameters.js';
import { type StepShape, targetShapes } from './targets.js';

/** What a step graph is made from. */
export interface StepPlan {
  readonly model: ModelConfig;
  readonly tasks: readonly Task[];
  readonly vocabularies: Readonly<Record<string, Vocabulary>>;
  readonly shape: StepShape;
  readonly seed: number;
  /** Factor of each task's loss. */
  readonly weights: Readonly<Record<string, number>>;
  readonly weightDecay: number;
  /** Largest norm of the whole gradient. */
  readonly clip: number;
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

const BETA1 = 0.9;
const BETA2 = 0.98;

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
  const { shape, weights, clip, weightDecay } = plan;
  const { outputs, vector, parts } = planForward(plan, slots);
  const targets = Object.fromEntries(
    Object.entries(targetShapes(shape)).map(([name, dims]) => [name, input(name, dims)]),
  );
  const losses = taskLosses(outputs, targets, shape);
  const total = Object.entries(losses)
    .map(([name, loss]) => mul(loss, weights[name] ?? 1))
    .reduce((sum, loss) => add(sum, loss));
  const raw = concat(
    pullBack(total, scalar(1), parts).map((part, i) => reshape(part, [slots[i]!.length])),
    0,
  );
  const size = vector.shape as readonly number[];
  const norm = sqrt(add(reduceSum(mul(raw, raw), [0]), 1e-12));
  const gradient = mul(raw, minimum(div(scalar(clip), norm), 1));
  const [first, second, average] = ['first', 'second', 'average'].map((name) => input(name, size)) as [
    Value,
    Value,
    Value,
  ];
  const settings = input('settings', [4]);
  const setting = (index: number): Value => slice(settings, 0, index, index + 1);
  const nextFirst = add(mul(first, BETA1), mul(gradient, 1 - BETA1));
  const nextSecond = add(mul(second, BETA2), mul(mul(gradient, gradient), 1 - BETA2));
  const pace = div(div(nextFirst, setting(1)), add(sqrt(div(nextSecond, setting(2))), 1e-8));
  const decay = mul(vector, mul(constant(size, decayMask(slots)), weightDecay));
  const next = sub(vector, mul(add(pace, decay), setting(0)));
  return {
    nextParameters: next,
    nextFirst,
    nextSecond,
    nextAverage: add(average, mul(sub(next, average), setting(3))),
    losses: concat(
      LOSS_NAMES.map((name) => reshape(losses[name], [1])),
      0,
    ),
    norm: reshape(norm, [1]),
  };
}

/** Bias corrections of Adam's moments after `step` steps (from 1). */
export const corrections = (step: number): readonly [number, number] => [
  1 - BETA1 ** step,
  1 - BETA2 ** step,
];

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
