import type { Size, Task, Tensor } from '@facexformer/core';
import { tensor } from '@facexformer/core/graph';
import type { Answer } from '@facexformer/core/task';

/** What a task makes of a raw output over a crop, as its judge sees it. */
export function answerOf(
  task: Task,
  raw: Tensor | readonly number[],
  photo: Size = { width: 100, height: 100 },
  crop = { x: 0, y: 0, ...photo },
): Answer {
  const output = 'dims' in raw ? raw : tensor([raw.length], raw);
  const { vocabulary } = task;
  return { raw: output, result: task.decode(output, { crop, vocabulary }), photo, vocabulary };
}

/** Logits that choose one of `count` labels. */
export const choose = (count: number, index: number, strength = 4): readonly number[] =>
  Array.from({ length: count }, (_, i) => (i === index ? strength : 0));

/** The figures of a task for answers with their labels; those that cannot be judged are left out. */
export function figuresOf(
  { metrics }: Task,
  answers: readonly (readonly [Answer, unknown])[],
): Readonly<Record<string, number>> {
  const verdicts = answers.map(([answer, label]) => metrics!.judge(answer, label));
  return metrics!.figures(verdicts.filter((verdict) => verdict !== undefined));
}
