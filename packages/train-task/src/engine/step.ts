import type { ModelConfig, Task } from '@facexformer/core';
import { input, type ParameterFactory, parameter, type Value } from '@facexformer/core/graph';
import { buildPlugin } from '@facexformer/core/model';
import {
  type AdamPlan,
  adamStep,
  initialValues,
  maskedMean,
  type ParameterSlot,
  parameterList,
  parametersFrom,
  parameterVector,
  partsOf,
} from '@facexformer/train/graph';
import type { FeatureLayout } from '../features/layout.js';
import { lossOf } from './losses.js';

/** A task on the frozen base, for a fixed batch. */
export interface TaskPlan extends AdamPlan {
  readonly config: ModelConfig;
  readonly task: Task;
  readonly layout: FeatureLayout;
  readonly batch: number;
  readonly seed: number;
}

/** The trained parameters: the task's own tokens and head. */
export const planSlots = ({ config, task, layout, batch }: TaskPlan): readonly ParameterSlot[] =>
  parameterList((declare) => {
    buildPlugin(config, task, layout.seen(batch), own(task, declare));
  });

/** Start values of all slots in one vector. */
export function initialVector(slots: readonly ParameterSlot[], seed: number): Float32Array {
  const last = slots.at(-1)!;
  const vector = new Float32Array(last.start + last.length);
  for (const { name, shape, start } of slots) vector.set(initialValues(name, shape, seed), start);
  return vector;
}

/** Shape of the raw output of one face. */
export const rawDims = ({ config, task, layout, batch }: TaskPlan): readonly number[] =>
  buildPlugin(config, task, layout.seen(batch)).shape.slice(1) as readonly number[];

/**
 * Raw outputs and losses per face. Inputs: the layout's parts, `target` [B, ...] and `parameters` [P].
 */
export function forwardGraph(
  plan: TaskPlan,
  slots: readonly ParameterSlot[],
): { readonly raw: Value; readonly losses: Value; readonly vector: Value; readonly parts: readonly Value[] } {
  const { config, task, layout, batch, seed } = plan;
  const vector = parameterVector(slots);
  const parts = partsOf(vector, slots);
  const declare = parametersFrom(parts, slots, seed);
  const raw = buildPlugin(config, task, layout.seen(batch), own(task, declare));
  const dims = task.learning?.target ?? raw.shape.slice(1);
  const losses = lossOf(task.learning!)(raw, input('target', [batch, ...dims]));
  return { raw, losses, vector, parts };
}

/** One optimiser step; inputs beside those of {@link forwardGraph} and {@link adamStep}: `weight` [B] of each face. */
export function stepGraph(plan: TaskPlan, slots: readonly ParameterSlot[]): Readonly<Record<string, Value>> {
  const { losses, vector, parts } = forwardGraph(plan, slots);
  const loss = maskedMean(losses, input('weight', [plan.batch]));
  return { loss, ...adamStep(loss, vector, parts, slots, plan) };
}

/** Declares the task's own parameters by `declare`; all others are the base's, and stay as they are. */
const own =
  (task: Task, declare: ParameterFactory): ParameterFactory =>
  (name, shape) =>
    name.startsWith(`tasks.${task.name}.`) ? declare(name, shape) : parameter(name, shape);
