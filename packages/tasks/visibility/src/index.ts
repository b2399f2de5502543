export { type Visibility, type VisibilityPoint, type VisibilityPointName, visibility } from './visibility.js';
