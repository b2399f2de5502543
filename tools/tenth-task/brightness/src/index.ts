export { type Brightness, brightness } from './brightness.js';
