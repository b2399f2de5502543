export { curvesSvg } from './curves.js';
export type { Example, Split } from './example.js';
export { type FeatureCache, memoryCache } from './features/cache.js';
export type { Skipped } from './features/collect.js';
export type { SplitShares } from './learn/split.js';
export type { Training } from './options.js';
export type { Epoch, TrainedTask } from './result.js';
export { type Progress, type TrainTaskOptions, trainTask } from './train-task.js';
