/** A file of its own, so that bundlers keep what only the default needs out of pages that name their tasks. */
export { allTasks } from '@facexformer/tasks';
