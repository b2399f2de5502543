import { readFileSync } from 'node:fs';
import { classify } from '@facexformer/core';
import { recognition } from '@facexformer/task-recognition';
import { allTasks } from '@facexformer/tasks';
import { repositoryUrl } from '@facexformer/test-utils/repository-url';
import { describe, expect, it } from 'vitest';
import { parseRecipe, planOf } from '../../../src/whole/recipe/recipe.js';

const mini = JSON.parse(readFileSync(repositoryUrl('training/mini.json'), 'utf8'));
const parse = (change: object) =>
  parseRecipe(JSON.stringify({ ...mini, ...change }), allTasks(), [recognition()]);
const batch = { celebamask: 2, utkface: 6 };

describe('parseRecipe', () => {
  it('gives a phase the batch of the recipe, or its own', () => {
    const recipe = parse({
      batch,
      phases: [
        { size: 64, until: 0.5, batch: { celebamask: 3, utkface: 1 } },
        { size: 128, until: 1, augment: 0.5 },
      ],
    });
    expect(recipe.phases).toEqual([
      {
        size: 64,
        until: 0.5,
        augment: 1,
        batch: [
          { set: 'celebamask', rows: 3 },
          { set: 'utkface', rows: 1 },
        ],
      },
      { size: 128, until: 1, augment: 0.5, batch: recipe.batch },
    ]);
    expect(planOf(recipe, recipe.phases[0]!).model.input).toEqual({ height: 64, width: 64 });
    expect(planOf(recipe, recipe.phases[1]!).weights).toEqual(mini.losses);
    expect(recipe.info.model.input).toEqual({ height: 128, width: 128 });
  });

  it('trains plug-ins that it is told of with the model, which does not have them', () => {
    const hat = classify('hat', { id: 'hat@1', labels: ['no', 'yes'] });
    const { recognition: _, ...losses } = mini.losses;
    const recipe = parseRecipe(JSON.stringify({ ...mini, losses, plugins: ['hat'] }), allTasks(), [hat]);
    const { tasks, model } = planOf(recipe, recipe.phases[0]!);
    expect(tasks.at(-1)).toBe(hat);
    expect(model.tasks).toHaveLength(allTasks().length);
    for (const plugins of [['cap'], ['hat', 'hat'], 'hat']) {
      const json = JSON.stringify({ ...mini, plugins });
      expect(() => parseRecipe(json, allTasks(), [hat])).toThrow('"plugins" must be a list of some of: hat');
    }
  });

  const phase = { size: 64, until: 1 };
  it.each([
    ['phases', []],
    ['phases.0.size', [{ ...phase, size: 50 }]],
    ['phases.0.until', [{ ...phase, until: 0.9 }]],
    [
      'phases.1.until',
      [
        { ...phase, until: 0.9 },
        { ...phase, until: 0.5 },
      ],
    ],
    ['phases.0.augment', [{ ...phase, augment: 2 }]],
    ['phases.0.batch', [{ ...phase, batch: { utkface: 6, celebamask: 2 } }]],
    ['phases.0.batch', [{ ...phase, batch: { celebamask: 2 } }]],
    ['phases.0.batch', [{ ...phase, batch: { celebamask: 2, utkface: 0.5 } }]],
  ])('names "%s" where it is wrong', (field, phases) => {
    expect(() => parse({ batch, phases })).toThrow(`"${field}"`);
  });

  it('refuses what is no JSON, or nests more deeply than a stack is high', () => {
    const nested = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
    for (const json of ['{', `{"model":{"backbone":${nested}}}`]) {
      expect(() => parseRecipe(json, allTasks())).toThrow(expect.objectContaining({ code: 'BAD_OPTION' }));
    }
  });

  it.each([
    ['losses.smile', { losses: { smile: 1 } }],
    ['balance.smile', { balance: { smile: 0.3 } }],
    ['balance.age', { balance: { age: 0.3 } }],
    ['balance.attributes', { balance: { attributes: 2 } }],
    ['balance', { balance: 0.37 }],
  ])('knows the tasks: refuses "%s"', (field, change) => {
    expect(() => parse(change)).toThrow(`"${field}"`);
    expect(parse({ balance: { attributes: 0.37 } }).balance).toEqual({ attributes: 0.37 });
  });
});
