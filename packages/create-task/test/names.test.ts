import { defineTask } from '@facexformer/core';
import { allTasks } from '@facexformer/tasks';
import { describe, expect, it } from 'vitest';
import { checkPackageName, TAKEN, taskNameOf } from '../src/names.js';

describe('names', () => {
  it.each([
    ['task-eyeglasses', 'eyeglasses'],
    ['@me/facexformer-task-hat-colour', 'hatColour'],
    ['my-task', 'myTask'],
    ['gaze.v2', 'gazeV2'],
  ])('%s has the task %s, which core accepts', (name, task) => {
    checkPackageName(name);
    expect(taskNameOf(name)).toBe(task);
    const [some] = allTasks();
    expect(() => defineTask({ ...some, name: task } as never)).not.toThrow();
  });

  it.each([
    'Task',
    'ä',
    'a b',
    '.a',
    '_a',
    '',
    '@me',
    '@me/',
    '../a',
    'a/b',
    'node_modules',
    'a'.repeat(215),
  ])('refuses the package name "%s"', (name) =>
    expect(() => checkPackageName(name)).toThrow('npm does not allow a package'),
  );

  it('proposes a name that npm allows', () => {
    expect(() => checkPackageName('My Task!')).toThrow('such as my-task');
  });

  it.each(['task-age', 'head-pose', 'task-box', 'task-', 'task-3d', 'class'])(
    'refuses %s, which gives no task name',
    (name) => expect(() => taskNameOf(name)).toThrow('task'),
  );

  it('knows all names that are taken', () => {
    const builtIn = allTasks().map(({ name }) => name);
    expect(TAKEN).toEqual(expect.arrayContaining(builtIn));
    const [some] = allTasks();
    for (const name of TAKEN.filter((taken) => !builtIn.some((own) => own === taken))) {
      expect(() => defineTask({ ...some, name } as never), name).toThrow('identifier other than');
    }
    const message = (() => {
      try {
        return String(defineTask({ ...some, name: 'box' } as never));
      } catch (error) {
        return String(error);
      }
    })();
    for (const name of message.split('other than ')[1]!.split(', ')) expect(TAKEN).toContain(name);
  });
});
