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
 * All nine built-in tasks as a typed tuple, in the order in which they are drawn. The official checkpoint has no expression head: leave `expression()` out
 * there (list the others), or the analyzer throws `UNKNOWN_TASK`.
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
