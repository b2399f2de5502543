import type { TrainingPlan } from '../../packages/train/src/whole/plan/plan.js';
import { networkOf, type Parts } from './network.js';
import { rotationForm } from './rotation.js';
import { allRowsOf, rowsOf, SINGLE_TASKS, singleTask } from './single.js';
import { landmarkTokens, poseTokens } from './tokens.js';
import type { Variant } from './variant.js';

const parts = (name: string, says: string, changed: Parts): Variant => ({
  name,
  experiment: 'parts',
  says,
  change: (plan: TrainingPlan) => ({ ...plan, build: networkOf(changed) }),
});

const family = (name: string, says: string): Variant => ({
  name: `backbone-${name}`,
  experiment: 'backbone',
  says,
  family: name,
});

const single = (task: string): Variant => ({
  name: `single-${task}`,
  experiment: 'synergy',
  says: `${task} alone, the joint batch's rows of its sets`,
  change: singleTask(task),
  rows: rowsOf(task),
});

const singleFull = (task: string): Variant => ({
  name: `full-${task}`,
  experiment: 'synergy',
  says: `${task} alone, a whole batch of its sets`,
  change: singleTask(task),
  rows: allRowsOf(task),
});

const forms = { headPose: rotationForm };

/** In the order in which they are run: one of every question first. */
export const VARIANTS: readonly Variant[] = [
  { name: 'base', experiment: 'base', says: 'the mini model' },
  parts('no-task-self-attention', 'no task self-attention', { taskSelfAttention: false }),
  parts('no-face-to-task', 'no face-to-task attention', { faceToTask: false }),
  parts('fusion-coarsest', 'coarsest map instead of MLP fusion', { fusion: 'coarsest' }),
  { name: 'landmarks-68', experiment: 'tokens', says: 'landmarks: 68 tokens', change: landmarkTokens },
  {
    name: 'pose-matrix-9',
    experiment: 'tokens',
    says: 'pose: rotation matrix, 9 tokens',
    change: poseTokens(9),
    forms,
  },
  family('swin', 'Swin'),
  { name: 'no-teacher', experiment: 'teacher', says: 'no pseudo-labels', teacher: 0 },
  ...SINGLE_TASKS.map(single),
  family('inverted', 'inverted residuals'),
  {
    name: 'pose-matrix-1',
    experiment: 'tokens',
    says: 'pose: rotation matrix, 1 token',
    change: poseTokens(1),
    forms,
  },
  family('wide', 'wider and shallower'),
  parts('fusion-sum', 'sum of the maps instead of MLP fusion', { fusion: 'sum' }),
  parts('fusion-finest', 'finest map instead of MLP fusion', { fusion: 'finest' }),
  parts('no-attentions', 'neither of the two attentions', { taskSelfAttention: false, faceToTask: false }),
  { name: 'teacher-full', experiment: 'teacher', says: 'pseudo-labels weigh like hand labels', teacher: 2.5 },
  family('narrow', 'narrower and deeper'),
  ...SINGLE_TASKS.map(singleFull),
];
