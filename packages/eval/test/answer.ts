import type { Task, Tensor } from '@facexformer/core';
import { row, tensor } from '@facexformer/core/graph';
import type { Answer } from '../src/predictor.js';

/** What a task makes of a raw output over a crop. */
export function answerOf(
  task: Task,
  raw: Tensor | readonly number[],
  size = { width: 100, height: 100 },
  crop = { x: 0, y: 0, ...size },
): Answer {
  const output = 'dims' in raw ? raw : tensor([raw.length], raw);
  const { vocabulary } = task;
  const batch = { dims: [1, ...output.dims], data: output.data };
  return {
    raw: row(batch, 0),
    result: task.decode(output, { crop, vocabulary }),
    crop,
    size,
    vocabulary,
  };
}

/** Logits that choose one of `count` labels. */
export const choose = (count: number, index: number, strength = 4): readonly number[] =>
  Array.from({ length: count }, (_, i) => (i === index ? strength : 0));
