export { diskCache } from './disk-cache.js';
export { saveTrainedTask, trainedTaskPaths } from './save.js';
