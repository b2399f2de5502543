import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createAnalyzer, openCheckpoint } from '@facexformer/core';
import { blazeFace } from '@facexformer/detector';
import { fileSource, nodeRuntime } from '@facexformer/runtime-node';
import { allTasks } from '@facexformer/tasks';
import { fixturePath } from '@facexformer/test-utils/load';
import { repositoryUrl } from '@facexformer/test-utils/repository-url';
import { expect, it } from 'vitest';
import { miniModel, miniModelBytes, miniModelHash } from '../src/index.js';

it('answers for the demo photo what a person who looks at it would', async () => {
  const checkpoint = await openCheckpoint(await fileSource(miniModel));
  expect(checkpoint.info.provenance.trained).toBe(true);
  const analyzer = await createAnalyzer({
    runtime: nodeRuntime({ device: 'cpu' }),
    checkpoint,
    detector: blazeFace(),
    tasks: allTasks(),
  });
  const [face, ...others] = await analyzer.analyze(fixturePath('astronaut.png'));
  await analyzer.dispose();
  expect(others).toHaveLength(0);
  expect(face!.warning).toBeUndefined();
  const { points } = face!.landmarks;
  const leftEye = points.slice(36, 42).reduce((sum, { x }) => sum + x / 6, 0);
  const rightEye = points.slice(42, 48).reduce((sum, { x }) => sum + x / 6, 0);
  expect(Math.abs(leftEye - 207)).toBeLessThan(10); // by eye in the picture
  expect(Math.abs(rightEye - 247)).toBeLessThan(10);
  // Eileen Collins, smiling, about 36 years old
  expect(face!.age.years).toBeGreaterThan(26);
  expect(face!.age.years).toBeLessThan(46);
  expect(face!.gender.label).toBe('female');
  expect(face!.expression.label).toBe('happy');
  expect(face!.attributes.present).toContain('Smiling');
});

it('asks for upright faces, as training/mini.json says', async () => {
  const checkpoint = await openCheckpoint(await fileSource(miniModel));
  const recipe = readFileSync(repositoryUrl('training/mini.json'), 'utf8');
  expect(checkpoint.info.model.crop).toEqual(JSON.parse(recipe).model.crop);
  await checkpoint.close();
});

it('knows its file, which holds at most 12 MB', () => {
  const file = readFileSync(new URL(miniModel));
  expect(miniModelHash).toBe(`sha256:${createHash('sha256').update(file).digest('hex')}`);
  expect(miniModelBytes).toBe(file.length);
  expect(file.length).toBeLessThan(12e6);
});
