export { type Age, type AgeBin, age } from './age.js';
