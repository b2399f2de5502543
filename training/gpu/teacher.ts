import { readFile } from 'node:fs/promises';
import { openCheckpoint } from '@facexformer/core';
import { narrow } from '@facexformer/core/formats';
import { fileSource } from '@facexformer/runtime-node';
import { recognition } from '@facexformer/task-recognition';
import { allTasks } from '@facexformer/tasks';
import { parseRecipe, planOf, planParameters, type Recipe } from '@facexformer/train';
import { describeSteps } from '../../packages/train/src/whole/plan/describe-steps.js';
import type { Learner } from '../../packages/train/src/whole/plan/plan.js';
import { firstState } from '../../packages/train/src/whole/trainer/first-state.js';
import { type OpenSet, planFor } from '../../packages/train/src/whole/trainer/open-sets.js';
import { type Archive, bytesOf } from './archive.js';

/** How a task's raw outputs are compared with a teacher's: as logits of one of several, or of each alone, or as numbers. */
export type Answer = 'choice' | 'flags' | 'numbers';

/** What kind of answer a task gives; undefined for one that cannot be compared, such as a vector. */
export function answerOf({ learning, raw, vocabulary }: Learner): Answer | undefined {
  if (learning.loss === 'absolute') return 'numbers';
  if (learning.loss === 'binaryCrossEntropy') return 'flags';
  return raw[0] === vocabulary.labels.length ? 'choice' : undefined;
}

/**
 * Adds a trained model for the student to learn from: its network for the batches of each phase, and its weights without the
 * balance of its recipe.
 * @param path its recipe
 * @param weights its checkpoint
 * @param phases picture size and sets of the student's phases
 */
export async function packTeacher(
  archive: Archive,
  path: string,
  weights: string,
  phases: readonly { readonly size: number; readonly sets: readonly OpenSet[] }[],
): Promise<void> {
  const text = await readFile(path, 'utf8');
  const recipe: Recipe = { ...parseRecipe(text, allTasks(), [recognition()]), plugins: [] };
  const from = await openCheckpoint(await fileSource(weights));
  for (const [i, { size, sets }] of phases.entries()) {
    const plan = planFor(planOf(recipe, { size }), sets);
    const parameters = planParameters(plan);
    const { 'losses.bin': _, ...network } = describeSteps(plan, parameters);
    for (const [name, content] of Object.entries(network))
      await archive.add(`teacher-${i}/${name}`, bytesOf(content));
    if (i > 0) continue;
    const state = await firstState({ from, balance: recipe.balance }, plan, parameters, sets);
    await archive.add('teacher', bytesOf(narrow(state.parameters)));
  }
  await from.close();
}
