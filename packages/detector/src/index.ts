export { type BlazeFaceOptions, blazeFace } from './blaze-face.js';
