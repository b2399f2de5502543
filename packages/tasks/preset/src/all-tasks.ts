import { age } from '@facexformer/task-age';
import { attributes } from '@facexformer/task-attributes';
import { expression } from '@facexformer/task-expression';
import { gender } from '@facexformer/task-gender';
import { headPose } from '@facexformer/task-head-pose';
import { landmarks } from '@facexformer/task-landmarks';
import { parsing } from '@facexformer/task-parsing';
import { race } from '@facexformer/task-race';
import { visibility } from '@facexformer/task-visibility';

/**
 * All built-in tasks as a typed tuple, in the order in which they are drawn. The official checkpoint has no head for
 * expressions: list the other tasks there, or the analyzer throws `UNKNOWN_TASK`.
 */
export const allTasks = () =>
  [
    parsing(),
    landmarks(),
    headPose(),
    age(),
    gender(),
    race(),
    expression(),
    attributes(),
    visibility(),
  ] as const;
