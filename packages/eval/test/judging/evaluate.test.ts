import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Analyzer, createAnalyzer, type DetectorFactory, type Task } from '@facexformer/core';
import { readFaces, type Sample, type Samples } from '@facexformer/data';
import { nodeRuntime } from '@facexformer/runtime-node';
import { allTasks } from '@facexformer/tasks';
import { plain, writeTinyFaces } from '@facexformer/test-utils/tiny-faces';
import { untrainedCheckpoint } from '@facexformer/test-utils/untrained';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { evaluate } from '../../src/judging/evaluate.js';
import { figuresOf } from '../../src/judging/figures.js';
import type { Framing } from '../../src/judging/framing.js';

const runtime = nodeRuntime({ device: 'cpu' });
const tasks: readonly Task[] = allTasks();

/** Finds a face in bluish photos only. */
const blueDetector: DetectorFactory = async () => ({
  detect: async ({ data, width, height }) =>
    data[2]! > data[0]! ? [{ box: { x: 8, y: 8, width: width - 16, height: height - 16 }, score: 1 }] : [],
  dispose: async () => undefined,
});

let folder: string;
let analyzer: Analyzer<string | Uint8Array, readonly Task[]>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'facexformer-eval-'));
  await writeTinyFaces(join(folder, 'faces'), 'val');
  const checkpoint = untrainedCheckpoint();
  analyzer = await createAnalyzer({ runtime, checkpoint, tasks, detector: blueDetector });
});
afterAll(async () => {
  await analyzer.dispose();
  await rm(folder, { recursive: true });
});

async function* everyFace(): Samples {
  for (const set of await readFaces(join(folder, 'faces'), 'val')) yield* set.samples();
}
const run = (samples: Samples, framing?: Framing) =>
  evaluate(samples, { runtime, analyzer, tasks, vocabularies: {}, ...(framing && { framing }) });

it('judges each face for what its labels say', async () => {
  const outcomes = await run(everyFace());
  const figures = figuresOf(outcomes, tasks);
  expect(figures).toMatchObject({ 'parsing.n': 2, 'age.n': 2, 'landmarks.n': 1, 'headPose.n': 1 });
  expect(figures['attributes.n']).toBeUndefined();
  expect(figures['parsing.f1']).toBeGreaterThanOrEqual(0);
  expect(figures['landmarks.nme']).toBeGreaterThan(0);
  expect([0, 0.5, 1]).toContain(figures['gender.accuracy']);
  expect(figures['detected.utkface']).toBe(0.5); // the second of two
  expect(outcomes.find(({ set }) => set === 'utkface')!.groups).toEqual({
    'headPose (predicted)': expect.stringMatching(/degrees$/),
    age: '20-39',
    gender: 'male',
    race: 'Asian',
  });
});

it('does not ask the detector where the framing is fixed', async () => {
  const outcomes = await run(everyFace(), 'fixed');
  expect(outcomes.map(({ detected }) => detected)).toEqual(new Array(6).fill(undefined));
  expect(figuresOf(outcomes, tasks)).not.toHaveProperty('detected.utkface');
});

describe('what is broken', () => {
  async function* one(part: Partial<Sample>): Samples {
    const image = await plain(8, 8, '#fff');
    yield { name: 'b.png', set: 'mine', image, labels: {}, ...part };
  }

  it('is named: a photo', async () => {
    const image = (await plain(8, 8, '#fff')).subarray(0, 40);
    await expect(run(one({ image }))).rejects.toMatchObject({
      code: 'BAD_IMAGE',
      message: expect.stringContaining('photo b.png of mine: '),
    });
  });

  it('is named: a mask', async () => {
    const layer = { image: new Uint8Array(9), classOf: () => 1 };
    await expect(run(one({ masks: { parsing: [layer] } }))).rejects.toMatchObject({
      message: expect.stringContaining('mask b.png of mine: '),
    });
  });

  it('is named: a label', async () => {
    await expect(run(one({ labels: { age: 'old' } }))).rejects.toMatchObject({
      code: 'BAD_OPTION',
      message: expect.stringContaining('photo b.png of mine: task "age" cannot use a text of 3 characters'),
    });
  });
});
