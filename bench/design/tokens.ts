import type { Task } from '@facexformer/core';
import { add } from '@facexformer/core/graph';
import { mlpHead } from '@facexformer/core/task';
import { headPose, landmarks } from '@facexformer/tasks';
import type { TrainingPlan } from '../../packages/train/src/whole/plan/plan.js';
import { chordalLoss } from './rotation.js';

/**
 * A task whose every token answers with its share of `width` numbers through one head that they share. To it is added a
 * learned mean [width], which starts at the mean target, as the base's last bias does.
 */
const manyTokens = (task: Task, tokens: number, width: number): Task => ({
  ...task,
  tokens,
  head: (context) =>
    add(
      mlpHead(
        {
          ...context,
          parameter: (name, shape, initial) => context.parameter(`each.${name}`, shape, initial),
        },
        width / tokens,
      ),
      context.parameter('mean.bias', [width]),
    ),
});

/** The plan with a task of the same name in its place. */
const withTask = (plan: TrainingPlan, task: Task): TrainingPlan => ({
  ...plan,
  tasks: plan.tasks.map((old) => (old.name === task.name ? task : old)),
  model: {
    ...plan.model,
    tasks: plan.model.tasks.map((old) =>
      old.name === task.name ? { name: task.name, tokens: task.tokens } : old,
    ),
  },
});

/** Landmarks as 68 tokens of one point each. */
export const landmarkTokens = (plan: TrainingPlan): TrainingPlan =>
  withTask(plan, manyTokens(landmarks(), 68, 136));

/** The same task with nine raw numbers for the three angles of its target. */
const rotation = (task: Task): Task => ({
  ...task,
  learning: { ...task.learning!, loss: chordalLoss, target: () => [3] },
});

/** Pose as a rotation matrix, from one token or one per entry. */
export const poseTokens =
  (tokens: 1 | 9) =>
  (plan: TrainingPlan): TrainingPlan =>
    withTask(plan, rotation(manyTokens(headPose(), tokens, 9)));
