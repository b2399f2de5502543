export { type HeadPose, headPose } from './head-pose.js';
