export { prepareSet } from './data/prepare.js';
export type { FaceLabels, Pose } from './data/record.js';
export { type Face, openTiles, type Tiles } from './data/tiles.js';
export { gradients } from './gradient/gradients.js';
export type { StepPlan } from './step/step.js';
export type { StepShape } from './step/targets.js';
export { bySeconds, bySteps, type Schedule } from './trainer/schedule.js';
export { type TrainOptions, train } from './trainer/train.js';
