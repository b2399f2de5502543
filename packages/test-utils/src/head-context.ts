import type { Task } from '@facexformer/core';
import { BATCH, input, parameter } from '@facexformer/core/graph';
import type { HeadContext } from '@facexformer/core/task';

/** What a task's head would be built on in a small network: 64 channels, a 16 x 16 face. */
export const headContext = (task: Task): HeadContext => ({
  tokens: input('tokens', [BATCH, task.tokens, 64]),
  face: { tokens: input('face', [BATCH, 256, 64]), height: 16, width: 16 },
  dim: 64,
  input: { height: 64, width: 64 },
  vocabulary: task.vocabulary,
  parameter,
});
