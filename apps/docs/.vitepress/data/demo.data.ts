import { readFace } from '@facexformer/core';
import { allTasks } from '@facexformer/tasks';
import { type Answer, answersOf } from '../playground/show.ts';
import { readJson } from './read.ts';

/** What the shipped model said of the demo photo when the site was built (`scripts/demo.mjs`). */
declare const data: readonly Answer[];

export { data };

export default {
  watch: ['../../.cache/demo.json'],
  load: (): readonly Answer[] => {
    const tasks = allTasks();
    const [face] = readJson<readonly object[]>('apps/docs/.cache/demo.json') ?? [];
    return face
      ? answersOf(
          readFace(face, tasks),
          tasks.map(({ name }) => name),
        )
      : [];
  },
};
