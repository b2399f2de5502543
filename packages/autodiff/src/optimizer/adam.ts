import {
  add,
  concat,
  constant,
  div,
  input,
  minimum,
  mul,
  reduceSum,
  reshape,
  scalar,
  slice,
  sqrt,
  sub,
  type Value,
} from '@facexformer/core/graph';
import { pullBack } from '../gradient/gradients.js';
import { decays, type ModelParameters } from '../parameters.js';

/** How a step moves the parameters. */
export interface AdamPlan {
  readonly weightDecay: number;
  /** Largest norm of the whole gradient. */
  readonly clip: number;
}

/** Decay of the two moments. */
export const BETAS = [0.9, 0.98] as const;
const [BETA1, BETA2] = BETAS;

/** Bias corrections of Adam's moments after `step` steps (from 1). */
export const corrections = (step: number): readonly [number, number] => [
  1 - BETA1 ** step,
  1 - BETA2 ** step,
];

/**
 * A step of AdamW with clipping and a moving average of the parameters.
 * Inputs: `first`, `second`, `average` [P] beside `vector`, and `settings` [4] (learning rate, the two bias
 * corrections, share of the new parameters in the average). Outputs: the four vectors as `next...`, and `norm`.
 * @param loss scalar
 * @param vector all parameters [P]
 * @param parts the same by slot, as the loss uses them
 */
export function adamStep(
  loss: Value,
  vector: Value,
  parts: readonly Value[],
  parameters: ModelParameters,
  { clip, weightDecay }: AdamPlan,
): Readonly<Record<string, Value>> {
  const raw = concat(
    pullBack(loss, scalar(1), parts).map((part, i) => reshape(part, [parameters.slots[i]!.length])),
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
  const decay = mul(vector, mul(constant(size, decayMask(parameters)), weightDecay));
  const next = sub(vector, mul(add(pace, decay), setting(0)));
  return {
    nextParameters: next,
    nextFirst,
    nextSecond,
    nextAverage: add(average, mul(sub(next, average), setting(3))),
    norm: reshape(norm, [1]),
  };
}

/** Weight decay applies to matrices only: 1 for each of their entries, else 0. */
function decayMask({ slots, length }: ModelParameters): Float32Array {
  const mask = new Float32Array(length);
  for (const slot of slots) if (decays(slot)) mask.fill(1, slot.start, slot.start + slot.length);
  return mask;
}
