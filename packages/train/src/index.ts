export type { ModelParameters } from '@facexformer/autodiff';
export { bySteps, type Schedule } from './engine/schedule.js';
export type { Vectors } from './engine/vectors.js';
export type { Rows } from './whole/batch/set-sampler.js';
export {
  type Learner,
  planParameters,
  planSteps,
  type StepPlan,
  type TrainingPlan,
} from './whole/plan/plan.js';
export { type Phase, parseRecipe, planOf, type Recipe } from './whole/recipe/recipe.js';
export { type RunRecipeOptions, runRecipe } from './whole/recipe/run-recipe.js';
export type { Balance } from './whole/trainer/balance.js';
export type { StepLine, ValidationLine } from './whole/trainer/log.js';
export { processEngine } from './whole/trainer/process-engine.js';
export {
  type OpenEngine,
  runtimeEngine,
  type StepEngine,
  type StepResult,
} from './whole/trainer/step-engine.js';
export { type TrainOptions, train } from './whole/trainer/train.js';
