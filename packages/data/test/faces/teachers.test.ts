import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readTeachers } from '../../src/faces/teachers.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'facexformer-teachers-'));
});
afterEach(() => rm(folder, { recursive: true }));

const points = (value: number): readonly number[] => new Array(136).fill(value);
const write = (name: string, lines: readonly object[]): Promise<void> =>
  writeFile(join(folder, name), lines.map((line) => `${JSON.stringify(line)}\n`).join(''));

it('knows nothing without their files', async () => {
  expect((await readTeachers(folder)).size).toBe(0);
});

it('believes points and poses of photos that are ok, and the net alone for large yaws, which it shrinks', async () => {
  const pose = (yaw: number) => ({ yaw, pitch: 2, roll: 0 });
  const teachers = { det: [0, 0, 9, 9, 0.9], points: points(1), pose_pnp: pose(10) };
  await write('pseudo.jsonl', [
    { image: 'a', ok: true, ...teachers, pose_fsanet: pose(20) },
    { image: 'b', ok: true, ...teachers, pose_fsanet: pose(-40) },
    { image: 'c', ok: false, ...teachers, pose_fsanet: pose(20) },
    { image: 'd', ok: true, ...teachers, pose_fsanet: pose(51.333_333) },
    { image: 'e', ok: true, ...teachers, pose_fsanet: pose(25) },
  ]);
  const answers = await readTeachers(folder);
  expect(answers.get('a')).toEqual({
    box: { x: 0.5, y: 0.5, width: 9, height: 9 },
    landmarks: points(1),
    headPose: pose(15),
  });
  expect(answers.get('b')!.headPose).toEqual(pose(-45));
  expect(answers.get('d')!.headPose!.yaw).toBeCloseTo(62, 5);
  expect(answers.get('e')!.headPose!.yaw).toBeCloseTo((17.5 + (25 * 30) / 26) / 2, 5); // half way
  expect(Object.keys(answers.get('c')!)).toEqual(['box']);
});

it('prefers the points of two teachers, unless they differ', async () => {
  await write(
    'pseudo.jsonl',
    ['a', 'b', 'c'].map((image) => ({ image, ok: true, points: points(1) })),
  );
  await write('points.jsonl', [
    { image: 'a', points: points(2), spread: 0.01 },
    { image: 'b', points: points(2), spread: 0.09 },
    { image: 'd', points: points(3) },
  ]);
  const answers = await readTeachers(folder);
  expect(answers.get('a')).toEqual({ landmarks: points(2), weights: { landmarks: 0.9 } });
  expect(answers.get('b')).toEqual({});
  expect(answers.get('c')!.landmarks).toEqual(points(1));
  expect(answers.get('d')).toEqual({ landmarks: points(3) });
});

it('takes people apart by a vector, and ages below 60', async () => {
  const identity = new Array(128).fill(0.1);
  await write('faceres.jsonl', [
    { image: 'a', identity, age: 30 },
    { image: 'b', identity, age: 61 },
  ]);
  const answers = await readTeachers(folder);
  expect(answers.get('a')).toEqual({ recognition: { vector: identity }, age: 30 });
  expect(answers.get('b')).toEqual({ recognition: { vector: identity } });
});

it('names the line that is wrong', async () => {
  await write('points.jsonl', [{ image: 'a', points: points(2) }, { image: 'b' }]);
  await expect(readTeachers(folder)).rejects.toMatchObject({
    code: 'BAD_OPTION',
    message: expect.stringContaining('points.jsonl line 2: "points" must be 136 numbers'),
  });
});
