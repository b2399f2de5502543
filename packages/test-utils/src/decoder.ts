import type { Box, Task } from '@facexformer/core';
import { tensor } from '@facexformer/core/graph';

/** A crop that is no square and does not begin at the photo's corner. */
export const CROP: Box = { x: 100, y: 50, width: 448, height: 224 };

/** What a task makes of a raw output [K] over {@link CROP}. */
export const decoderOf =
  <Result>(task: Task<string, Result>) =>
  (values: readonly number[]): Result =>
    task.decode(tensor([values.length], values), { crop: CROP, vocabulary: task.vocabulary });
