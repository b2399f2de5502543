export { main } from './main.js';
export type { Output } from './terminal/command.js';
