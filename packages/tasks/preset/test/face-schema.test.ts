import {
  classify,
  createAnalyzer,
  faceSchema,
  type Runtime,
  type Task,
  type Tensor,
} from '@facexformer/core';
import { smallHeadContext } from '@facexformer/core/conformance';
import { sizeOf } from '@facexformer/core/graph';
import { noise } from '@facexformer/test-utils/noise';
import { untrainedCheckpoint } from '@facexformer/test-utils/untrained';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, it } from 'vitest';
import { allTasks } from '../src/index.js';

const validator = new Ajv2020({ strict: true });
const isFace = validator.compile(faceSchema(allTasks()));
const PHOTO = { width: 8, height: 8, data: new Uint8Array(192) };

/** What `JSON.stringify` writes of a face whose raw outputs are noise, or not finite for the tasks in `broken`. */
async function written(scale: number, broken: readonly string[] = []): Promise<Record<string, unknown>> {
  const tasks: readonly Task[] = allTasks();
  const outputs = tasks.map((task): [string, Tensor] => {
    const dims = [1, ...(task.head(smallHeadContext(task)).shape.slice(1) as number[])];
    const factor = broken.includes(task.name) ? Number.NaN : scale;
    return [task.name, { dims, data: noise(sizeOf(dims)).map((value) => factor * value) }];
  });
  const runtime: Runtime = {
    name: 'noise',
    decode: async () => PHOTO,
    open: async () => ({
      inputs: ['image'],
      outputs: tasks.map(({ name }) => name),
      device: 'noise',
      run: async () => Object.fromEntries(outputs),
      dispose: async () => undefined,
    }),
  };
  await using analyzer = await createAnalyzer({ runtime, checkpoint: untrainedCheckpoint(), tasks });
  const [face] = await analyzer.analyze(PHOTO);
  return JSON.parse(JSON.stringify({ ...face!.toJSON!(), keypoints: [{ x: 1, y: 2 }] }));
}

it.each([0, 1, 1000])('describes what is written of raw outputs of size %d', async (scale) => {
  const json = await written(scale);
  expect(isFace(json), validator.errorsText(isFace.errors)).toBe(true);
  expect(Object.keys(json).toSorted()).toEqual(
    ['box', 'score', 'crop', 'keypoints', 'warning', ...allTasks().map(({ name }) => name)].toSorted(),
  );
});

it('describes tasks that failed, and those that were not asked for', async () => {
  const { age: _, ...json } = await written(1, ['parsing']);
  expect(json).toMatchObject({ errors: { parsing: { code: 'BAD_TENSOR' } } });
  expect(isFace(json), validator.errorsText(isFace.errors)).toBe(true);
});

it.each([
  [{ box: undefined }, "must have required property 'box'"],
  [{ score: 2 }, 'score must be <= 1'],
  [{ gender: { label: 'other' } }, 'gender must have required'],
  [{ headPose: { yaw: 1, pitch: 1, roll: 1, tilt: 1 } }, 'headPose must NOT have additional'],
  [{ landmarks: { points: [], groups: {} } }, 'landmarks/points must NOT have fewer than 68'],
])('refuses %j', async (change, message) => {
  expect(
    isFace({
      ...(await written(1)),
      ...change,
      box: 'box' in change ? change.box : { x: 0, y: 0, width: 1, height: 1 },
    }),
  ).toBe(false);
  expect(validator.errorsText(isFace.errors)).toContain(message);
});

it('lets a task of your own be described, or not', async () => {
  const glasses = classify('glasses', { id: 'glasses@1', labels: ['no', 'yes'] });
  const { schema: _, ...silent } = glasses;
  const json = { ...(await written(1)), glasses: { label: 'maybe' } };
  expect(isFace(json)).toBe(true);
  expect(validator.compile(faceSchema([silent]))(json)).toBe(true);
  expect(validator.compile(faceSchema([glasses]))(json)).toBe(false);
});

it('is published; "npx vitest run --project tasks -u" writes it anew', async () => {
  const schema = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'A face, as JSON.stringify writes it',
    ...faceSchema(allTasks()),
  };
  await expect(`${JSON.stringify(schema, null, 1)}\n`).toMatchFileSnapshot('../face.schema.json');
});
