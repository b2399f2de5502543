import type { Task } from '@facexformer/core';
import type { Sample } from '@facexformer/data';

/** Group by dimension, such as `gender: female`. Dimensions that the model guessed end in `(predicted)`. */
export type Groups = Readonly<Record<string, string>>;

/**
 * The groups of people that a face belongs to for the bias audit: by its labels, by what its set tells beside them,
 * and where nothing is known, by what the model takes the face for.
 */
export function groupsOf(
  tasks: readonly Task[],
  { labels, groups: stated = {} }: Sample,
  results: Readonly<Record<string, unknown>>,
): Groups {
  const known: Record<string, string> = { ...stated };
  const predicted: Record<string, string> = {};
  for (const { name, metrics } of tasks) {
    const label = labels[name];
    const group = label === undefined ? undefined : metrics?.group?.(label);
    if (group !== undefined) known[name] = group;
    if (known[name] !== undefined || !metrics?.predictedGroup) continue;
    const guess = metrics.predictedGroup(results[name]);
    if (guess !== undefined) predicted[`${name} (predicted)`] = guess;
  }
  return { ...known, ...predicted };
}
