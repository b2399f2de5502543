export { main } from './main.js';
export { runCommand } from './run-command.js';
export type { Output } from './terminal/command.js';
