import {
  type AdamPlan,
  adamStep,
  collectParameters,
  lossOf,
  type ModelParameters,
  maskedMean,
  parametersFrom,
  parameterVector,
  partsOf,
} from '@facexformer/autodiff';
import { FaceXFormerError, type ModelConfig, type Task } from '@facexformer/core';
import { input, type ParameterFactory, parameter, type Value } from '@facexformer/core/graph';
import { buildPlugin } from '@facexformer/core/model';
import type { Learning } from '@facexformer/core/task';
import type { FeatureLayout } from '../features/layout.js';

/** A task on the frozen base, for a fixed batch. */
export interface TaskPlan extends AdamPlan {
  readonly config: ModelConfig;
  readonly task: Task;
  readonly layout: FeatureLayout;
  readonly batch: number;
  readonly seed: number;
}

/** The trained parameters: the task's own tokens and head. */
export const taskParameters = ({ config, task, layout, batch }: TaskPlan): ModelParameters =>
  collectParameters((declare) => {
    buildPlugin(config, task, layout.inputs(batch), own(task, declare));
  });

/** Shapes of the raw output and of the target of one face. */
export function taskShapes({ config, task, layout, batch }: TaskPlan): {
  readonly raw: readonly number[];
  readonly target: readonly number[];
} {
  const raw = buildPlugin(config, task, layout.inputs(batch)).shape.slice(1) as readonly number[];
  return { raw, target: learningOf(task).target?.(raw) ?? raw };
}

/** @throws {FaceXFormerError} `UNSUPPORTED` for a task that does not say how it learns. */
export function learningOf({ name, learning }: Task): Learning {
  if (learning) return learning;
  throw new FaceXFormerError(
    'UNSUPPORTED',
    `task "${name}" does not say how it learns: give its definition a "learning"`,
  );
}

/**
 * Raw outputs and losses per face. Inputs: the layout's parts, `target` [B, ...] and `parameters` [P].
 */
export function forwardGraph(
  plan: TaskPlan,
  parameters: ModelParameters,
): { readonly raw: Value; readonly losses: Value; readonly vector: Value; readonly parts: readonly Value[] } {
  const { config, task, layout, batch, seed } = plan;
  const vector = parameterVector(parameters);
  const parts = partsOf(vector, parameters);
  const declare = parametersFrom(parts, parameters, seed);
  const raw = buildPlugin(config, task, layout.inputs(batch), own(task, declare));
  const target = input('target', [batch, ...taskShapes(plan).target]);
  const losses = lossOf(learningOf(task))(raw, target, task.vocabulary);
  return { raw, losses, vector, parts };
}

/** One optimiser step; inputs beside those of {@link forwardGraph} and {@link adamStep}: `weight` [B] of each face. */
export function stepGraph(plan: TaskPlan, parameters: ModelParameters): Readonly<Record<string, Value>> {
  const { losses, vector, parts } = forwardGraph(plan, parameters);
  const loss = maskedMean(losses, input('weight', [plan.batch]));
  return { loss, ...adamStep(loss, vector, parts, parameters, plan) };
}

/** Declares the task's own parameters by `declare`; all others are the base's, and stay as they are. */
const own =
  (task: Task, declare: ParameterFactory): ParameterFactory =>
  (name, shape, initial) =>
    name.startsWith(`tasks.${task.name}.`) ? declare(name, shape, initial) : parameter(name, shape);
