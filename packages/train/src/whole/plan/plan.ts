import { type AdamPlan, collectParameters, type ModelParameters } from '@facexformer/autodiff';
import type { ModelConfig, Task, Vocabulary } from '@facexformer/core';
import { type BuildOptions, buildModel, type ModelGraph } from '@facexformer/core/model';
import type { Learning } from '@facexformer/core/task';

/** A network and what it is trained for. */
export interface TrainingPlan extends AdamPlan {
  /** Pictures are square, of the size of its input. */
  readonly model: ModelConfig;
  /** All tasks of the model, and plug-ins that are trained with it; those without `learning` keep their start. */
  readonly tasks: readonly Task[];
  /** Labels by task that stand in for the task's own. */
  readonly vocabularies: Readonly<Record<string, Vocabulary>>;
  readonly seed: number;
  /** Factor of each task's loss; 1 by default. */
  readonly weights: Readonly<Record<string, number>>;
  /** What assembles the network, for experiments with its parts; `buildModel` by default. */
  readonly build?: (config: ModelConfig, options: BuildOptions) => Pick<ModelGraph, 'outputs'>;
}

/** A task that learns in a step. */
export interface Learner {
  readonly task: Task;
  readonly learning: Learning;
  readonly vocabulary: Vocabulary;
  /** Shape of one face's raw output. */
  readonly raw: readonly number[];
  /** Shape of one face's target. */
  readonly target: readonly number[];
  /** Rows of the batch, from the first, that go through its head. */
  readonly rows: number;
}

/** A plan for steps of one size. */
export interface StepPlan extends TrainingPlan {
  /** Faces of a step. */
  readonly batch: number;
  /** In the order of the plan's tasks. */
  readonly learners: readonly Learner[];
}

/** Rows of a batch, from the first, that may hold labels of a dense task, by its name. */
export type DenseRows = Readonly<Record<string, number>>;

/** Where everything is in the flat vectors. */
export const planParameters = ({
  model,
  tasks,
  vocabularies,
  build = buildModel,
}: TrainingPlan): ModelParameters =>
  collectParameters((parameter) => {
    build(model, { tasks, vocabularies, batch: 1, parameter });
  });

/** Fixes the size of a step; dense tasks without a row take no part in it. */
export function planSteps(plan: TrainingPlan, batch: number, dense: DenseRows): StepPlan {
  const { model, tasks, vocabularies, build = buildModel } = plan;
  const { outputs } = build(model, { tasks, vocabularies, batch: 1 });
  const learners = tasks.flatMap((task): readonly Learner[] => {
    const { learning } = task;
    const rows = learning?.dense ? (dense[task.name] ?? 0) : batch;
    if (!learning || rows === 0) return [];
    const raw = outputs[task.name]!.shape.slice(1) as readonly number[];
    const vocabulary = vocabularies[task.name] ?? task.vocabulary;
    return [{ task, learning, vocabulary, raw, target: learning.target?.(raw) ?? raw, rows }];
  });
  return { ...plan, batch, learners };
}

/**
 * The graph's feeds besides the training state: `image`, and for every learner its target under the task's name, and a
 * weight per row (0: no label) as `<task>Weight`.
 */
export const feedShapes = ({
  batch,
  learners,
  model,
}: StepPlan): Readonly<Record<string, readonly number[]>> => ({
  image: [batch, 3, model.input.height, model.input.width],
  ...Object.fromEntries(
    learners.flatMap(({ task: { name }, target, rows }) => [
      [name, [rows, ...target]],
      [weightName(name), [rows]],
    ]),
  ),
});

/** Tasks that are none of the model's: their tokens read its memory, and nothing reads them. */
export const pluginsOf = ({ tasks, model }: Pick<TrainingPlan, 'tasks' | 'model'>): readonly Task[] =>
  tasks.filter(({ name }) => !model.tasks.some((task) => task.name === name));

/** Name of the feed that holds the weights of a task's labels. */
export const weightName = (task: string): string => `${task}Weight`;
