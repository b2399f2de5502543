export type { Example, Skipped, Split } from './example.js';
export { type FeatureCache, memoryCache } from './features/cache.js';
export type { SplitShares } from './learn/split.js';
export type { Progress, Training, TrainTaskOptions } from './options.js';
export type { Epoch, TrainedTask } from './result.js';
export { trainTask } from './train-task.js';
