export { classShares, maskAt } from './mask.js';
export { PARSING_COLORS, type Parsing, type ParsingClass, parsing } from './parsing.js';
