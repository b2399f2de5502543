import type { Rows, TrainingPlan } from '@facexformer/train';

/** Sets that have labels of a task. */
const LABELLED: Readonly<Record<string, readonly string[]>> = {
  parsing: ['celebamask'],
  landmarks: ['celebamask', 'landmarks68', 'celeba', 'utkface'],
  headPose: ['celebamask', 'landmarks68', 'celeba', 'utkface'],
  attributes: ['celeba'],
  age: ['utkface'],
  gender: ['celeba', 'utkface'],
  race: ['utkface'],
  expression: ['ferplus'],
};

/** Tasks with labels of their own. */
export const SINGLE_TASKS = Object.keys(LABELLED);

/** Only the sets of a task, each with the rows that it has in the joint batch; the others keep their place. */
export const rowsOf =
  (task: string) =>
  (rows: Rows): Rows =>
    rows.map(({ set, rows: count }) => ({ set, rows: LABELLED[task]!.includes(set) ? count : 0 }));

/** The same, but as many rows as the whole joint batch has. */
export const allRowsOf =
  (task: string) =>
  (rows: Rows): Rows => {
    const own = rowsOf(task)(rows);
    const sum = (list: Rows): number => list.reduce((total, { rows: count }) => total + count, 0);
    const scaled = own.map(({ set, rows: count }) => ({
      set,
      rows: Math.floor((count * sum(rows)) / sum(own)),
    }));
    const largest = scaled.reduce((best, row, i) => (row.rows > scaled[best]!.rows ? i : best), 0);
    const missing = sum(rows) - sum(scaled);
    return scaled.map((row, i) => (i === largest ? { ...row, rows: row.rows + missing } : row));
  };

/** A network of one task. */
export const singleTask =
  (task: string) =>
  (plan: TrainingPlan): TrainingPlan => ({
    ...plan,
    tasks: plan.tasks.filter(({ name }) => name === task),
    model: { ...plan.model, tasks: plan.model.tasks.filter(({ name }) => name === task) },
  });
