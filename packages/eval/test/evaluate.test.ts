import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DetectorFactory, Pixels } from '@facexformer/core';
import { nodeRuntime } from '@facexformer/runtime-node';
import { allTasks } from '@facexformer/tasks';
import { untrainedCheckpoint } from '@facexformer/test-utils/untrained';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inChunks } from '../src/ahead.js';
import { evaluate, type Outcome } from '../src/evaluate.js';
import { readFaces } from '../src/faces/read-faces.js';
import { figuresOf } from '../src/figures.js';
import { mainFace, openPredictor } from '../src/predictor.js';
import { reportFiles } from '../src/report/files.js';
import { reportOf } from '../src/report/report.js';
import type { Sample } from '../src/sample.js';
import { plain, writeTinyFaces } from './tiny-faces.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'facexformer-eval-'));
  await writeTinyFaces(join(folder, 'faces'), 'val');
});
afterAll(() => rm(folder, { recursive: true }));

const runtime = nodeRuntime({ device: 'cpu' });
const open = (detector?: DetectorFactory) => {
  const { info, tensors, read, source, close } = untrainedCheckpoint();
  const known = new Set(info.model.tasks.map(({ name }) => name));
  const tasks = allTasks().filter(({ name }) => known.has(name));
  const checkpoint = { info, tensors, read, source, close };
  return openPredictor({ runtime, checkpoint, tasks, detector });
};

async function* everyFace(): AsyncGenerator<Sample> {
  for (const set of await readFaces(join(folder, 'faces'), 'val')) yield* set.samples();
}

/** Finds a face in bluish images only. */
const blueDetector: DetectorFactory = async () => ({
  detect: async ({ data, width, height }: Pixels) =>
    data[2]! > data[0]! ? [{ box: { x: 8, y: 8, width: width - 16, height: height - 16 }, score: 1 }] : [],
  dispose: async () => undefined,
});

describe('evaluate', () => {
  let outcomes: readonly Outcome[];
  beforeAll(async () => {
    const predictor = await open(blueDetector);
    outcomes = await evaluate(everyFace(), { runtime, predictor });
    await predictor.dispose();
  });

  it('judges each face for what its labels say', () => {
    const figures = figuresOf(outcomes);
    expect(figures).toMatchObject({ 'parsing.n': 2, 'age.n': 2, 'landmarks.n': 1, 'headPose.n': 1 });
    expect(figures['attributes.n']).toBeUndefined();
    expect(figures['parsing.f1']).toBeGreaterThanOrEqual(0);
    expect(figures['landmarks.nme']).toBeGreaterThan(0);
    expect([0, 0.5, 1]).toContain(figures['gender.accuracy']);
    expect(figures['detected.utkface']).toBe(0.5); // the second of two
    expect(outcomes.map(({ groups }) => groups.age)).toContain('60+');
  });

  it('reports as JSON, Markdown and pictures that a renderer accepts', async () => {
    const many = Array.from({ length: 30 }, () => outcomes).flat();
    const { info } = untrainedCheckpoint();
    const report = reportOf(many, { split: 'val', model: info, device: 'cpu', framing: 'detector' });
    expect(report.intervals['age.mae']!.low).toBeLessThanOrEqual(report.figures['age.mae']!);
    const gender = report.audit.find(
      ({ headline, dimension }) => headline.figure === 'age.mae' && dimension === 'gender',
    )!;
    const [female, male] = gender.groups;
    expect(gender.gap.value).toBeCloseTo(Math.abs(female!.value - male!.value), 12);
    const files = reportFiles(report);
    const pictures = Object.keys(files).filter((file) => file.endsWith('.svg'));
    expect(pictures).toContain('landmarks-curve.svg');
    expect(pictures).toContain('groups-age-mae.svg');
    for (const file of pictures) {
      expect((await sharp(Buffer.from(files[file]!)).metadata()).width).toBeGreaterThan(200);
      expect(files['report.md']).toContain(`(${file})`);
      expect(files[file]).toMatch(/role='img'.*<title>[^<]{8,}<\/title>/);
    }
    expect(files['report.md']).toContain('UNTRAINED');
    expect(files['report.md']).not.toMatch(/undefined|NaN/);
    expect(JSON.parse(files['report.json']!).figures).toEqual(report.figures);
  });

  it('names the image that is broken', async () => {
    const predictor = await open();
    const image = (await plain(8, 8, '#fff')).subarray(0, 40);
    async function* broken(): AsyncGenerator<Sample> {
      yield { name: 'b.png', set: 'mine', image, labels: { age: 3 } };
    }
    await expect(evaluate(broken(), { runtime, predictor })).rejects.toMatchObject({
      code: 'BAD_IMAGE',
      message: expect.stringContaining('b.png of mine'),
    });
    await predictor.dispose();
  });
});

it('takes the largest face over the centre, or else the nearest', () => {
  const face = (x: number, y: number, side: number) => ({
    box: { x, y, width: side, height: side },
    score: 1,
  });
  const size = { width: 100, height: 100 };
  const [corner, small, large, aside] = [
    face(0, 0, 45),
    face(45, 45, 10),
    face(20, 20, 60),
    face(60, 60, 39),
  ];
  expect(mainFace([corner, small, large, aside], size)).toBe(large);
  expect(mainFace([corner, aside], size)).toBe(corner);
  expect(mainFace([], size)).toBeUndefined();
});

it('groups in order, with a shorter last list', async () => {
  async function* numbers() {
    yield* [1, 2, 3, 4, 5];
  }
  const lists: (readonly number[])[] = [];
  for await (const list of inChunks(numbers(), 2)) lists.push(list);
  expect(lists).toEqual([[1, 2], [3, 4], [5]]);
});
