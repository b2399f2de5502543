import type { Session, Task } from '@facexformer/core';
import { expect, it } from 'vitest';
import { planSteps } from '../../../src/whole/plan/plan.js';
import type { Tiles } from '../../../src/whole/tiles/tiles.js';
import { validate } from '../../../src/whole/trainer/validate.js';
import { tinyPlan } from '../../tiny-run.js';

const SIDE = 40;

/** Tasks whose metrics list what they were asked. */
const tasks = tinyPlan.tasks.map(
  (task): Task => ({
    ...task,
    metrics: {
      headlines: ['count', 'raw', 'label'].map((figure) => ({
        figure: `${task.name}.${figure}`,
        title: figure,
        unit: 'number',
        better: 'higher',
      })),
      judge: ({ raw, photo }, label) => {
        expect(photo).toEqual({ width: 32, height: 32 });
        const told = Array.isArray(label) ? label[0] : Number(label);
        return { sums: Float64Array.of(raw.data.length, Number(told)) };
      },
      figures: (verdicts) =>
        verdicts.length === 0
          ? {}
          : {
              [`${task.name}.count`]: verdicts.length,
              [`${task.name}.beside`]: 1,
              [`${task.name}.raw`]: verdicts[0]!.sums[0]!,
              [`${task.name}.label`]: verdicts[0]!.sums[1]!,
            },
    },
  }),
);

const labels = { landmarks: new Array<number>(136).fill(SIDE / 2 - 0.5), age: 31 };

const tiles = (weights: Readonly<Record<string, number>>): Tiles => {
  const face = { image: 'a', labels, weights };
  return {
    count: 5,
    dense: [],
    labels: [],
    read: () => ({ ...face, side: SIDE, pixels: new Uint8Array(SIDE * SIDE * 3) }),
    close() {},
  };
};

it('lets the tasks judge their answers by labels as the view shows them, and by no teacher', async () => {
  const plan = planSteps({ ...tinyPlan, tasks }, 2, { parsing: 2 });
  const forward: Session = {
    inputs: [],
    outputs: [],
    device: 'cpu',
    run: async () =>
      Object.fromEntries(
        plan.learners.map(({ task, raw }) => {
          const dims = [2, ...raw];
          return [task.name, { dims, data: new Float32Array(dims.reduce((a, b) => a * b, 1)) }];
        }),
      ),
    dispose: async () => undefined,
  };
  const figures = await validate(
    forward,
    new Float32Array(1),
    [tiles({}), tiles({ landmarks: 0.4 })],
    plan,
    3,
  );
  expect(figures).toEqual({
    'landmarks.count': 3,
    'landmarks.raw': 136,
    'landmarks.label': expect.closeTo(15.5),
    'age.count': 6,
    'age.raw': 8,
    'age.label': 31,
  });
});
