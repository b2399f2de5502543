export { diskCache } from './disk-cache.js';
export { photosOfFolder } from './folder.js';
export { saveTrainedTask } from './save.js';
export { photosOfTable } from './table.js';
