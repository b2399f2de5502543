export { classShares, maskAt } from './mask.js';
export { type Parsing, type ParsingClass, parsing } from './parsing.js';
