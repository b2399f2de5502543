export { photosOfFolder, photosOfTable } from '@facexformer/data';
export { diskCache } from './disk-cache.js';
export { saveTrainedTask } from './save.js';
