import { expect, it } from 'vitest';
import { feedShapes, planParameters, planSteps } from '../../../src/whole/plan/plan.js';
import { lossNames } from '../../../src/whole/plan/step.js';
import { tinyPlan } from '../../tiny-run.js';

it('feeds every task that learns with its target and a weight per row', () => {
  const shapes = feedShapes(planSteps(tinyPlan, 6, { parsing: 2 }));
  expect(shapes).toMatchObject({
    image: [6, 3, 32, 32],
    parsing: [2, 11, 32, 32],
    parsingWeight: [2],
    landmarks: [6, 136],
    age: [6, 9], // shares of eight bins, then the years
    ageWeight: [6],
  });
});

it('leaves out dense tasks without rows and tasks that do not learn, whose parameters stay', () => {
  const mute = tinyPlan.tasks.map((task) => {
    const { learning, ...rest } = task;
    return task.name === 'race' ? rest : { ...rest, ...(learning && { learning }) };
  });
  const names = lossNames(planSteps({ ...tinyPlan, tasks: mute }, 6, {}));
  expect(names).toEqual(
    tinyPlan.tasks.map(({ name }) => name).filter((name) => name !== 'parsing' && name !== 'race'),
  );
  expect(planParameters({ ...tinyPlan, tasks: mute }).length).toBe(planParameters(tinyPlan).length);
});
