export { type Age, type AgeBin, age } from './age.js';
export { ageBinCentres } from './bins.js';
