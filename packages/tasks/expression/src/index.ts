export { type Expression, type ExpressionLabel, expression } from './expression.js';
