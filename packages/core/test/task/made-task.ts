import { tensor } from '../../src/base/tensor.js';
import type { Task } from '../../src/index.js';
import type { LabelContext } from '../../src/task/learning.js';

/** What the tests of the task makers share. */
export const vocabulary = { id: 'kind@1', labels: ['plain', 'sun'] } as const;
export const crop = { x: 10, y: 20, width: 8, height: 4 };
export const context: LabelContext = { crop, raw: [2, 2, 4], vocabulary, classes: ['ada', 'bob'] };

/** The result of a task for raw numbers. */
export const decode = <Result>(
  task: Task<string, Result>,
  dims: readonly number[],
  values: readonly number[],
): Result => task.decode(tensor(dims, values), { crop, vocabulary: task.vocabulary });
