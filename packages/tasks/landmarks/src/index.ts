export type { LandmarkGroup } from './groups.js';
export { type Landmarks, landmarks } from './landmarks.js';
