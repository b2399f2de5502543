export { LANDMARK_GROUPS, type LandmarkGroup } from './groups.js';
export { type Landmarks, landmarks } from './landmarks.js';
