/** For authors of tasks: heads, decoding, and what a task states of its training. */
export { argmaxOf, finiteValues, knownLabels, sigmoidOf, softmaxOf } from '../task/decode.js';
export { percent } from '../task/draw.js';
export type { HeadContext } from '../task/head.js';
export { jointHead, mlpHead, segmentHead } from '../task/heads.js';
export type { LabelContext, Learning, LossKind } from '../task/learning.js';
export type { TaskRecipe } from '../task/recipe.js';
export type { Smooth, SmoothUnit } from '../task/smooth.js';
