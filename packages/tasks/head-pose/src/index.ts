export { headPose } from './head-pose.js';
export type { HeadPose } from './pose.js';
