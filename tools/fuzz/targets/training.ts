import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { recognition } from '@facexformer/task-recognition';
import { allTasks } from '@facexformer/tasks';
import { repositoryUrl } from '@facexformer/test-utils/repository-url';
import { parseRecipe } from '@facexformer/train';
import { loadState, saveState } from '../../../packages/train/src/whole/trainer/state.ts';
import { mutateBytes, mutateJsonText } from '../mutate.ts';
import { type Target, target } from '../target.ts';

const PARAMETERS = 500;

/** What a training run reads beside its faces. */
export const TRAINING: readonly Target[] = [
  target('recipe', 'a recipe', () => {
    const recipe: unknown = JSON.parse(readFileSync(repositoryUrl('training/mini.json'), 'utf8'));
    const tasks = allTasks();
    return {
      input: (random) => mutateJsonText(random, recipe),
      attempt: (json) => parseRecipe(json, tasks, [recognition()]),
    };
  }),
  target('state', 'the state of a run that goes on', async () => {
    const path = join(process.cwd(), 'state.bin');
    const zeros = new Float32Array(PARAMETERS);
    await saveState(path, {
      step: 3,
      seconds: 1,
      parameters: zeros,
      first: zeros,
      second: zeros,
      average: zeros,
    });
    const seed = readFileSync(path);
    return {
      input: (random) => mutateBytes(random, [seed]),
      attempt: async (bytes) => {
        writeFileSync(path, bytes);
        const { step } = await loadState(path, PARAMETERS);
        if (step !== 3 && !seed.equals(bytes)) throw new Error('a damaged state was taken');
      },
    };
  }),
];
