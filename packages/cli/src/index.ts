export type { Output } from './command.js';
export { main } from './main.js';
