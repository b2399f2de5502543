export { type AttributeName, type Attributes, attributes } from './attributes.js';
