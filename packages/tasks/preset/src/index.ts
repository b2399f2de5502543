/** Every built-in task of FaceXFormer in one import. */
export * from '@facexformer/task-age';
export * from '@facexformer/task-attributes';
export * from '@facexformer/task-expression';
export * from '@facexformer/task-gender';
export * from '@facexformer/task-head-pose';
export * from '@facexformer/task-landmarks';
export * from '@facexformer/task-parsing';
export * from '@facexformer/task-race';
export * from '@facexformer/task-visibility';
export { allTasks } from './all-tasks.js';
