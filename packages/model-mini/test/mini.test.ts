import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createAnalyzer, openCheckpoint } from '@facexformer/core';
import { blazeFace } from '@facexformer/detector';
import { fileSource, nodeRuntime } from '@facexformer/runtime-node';
import { allTasks } from '@facexformer/tasks';
import { expect, it } from 'vitest';
import { fixturePath } from '../../../fixtures/load.js';
import { miniModel, miniModelBytes, miniModelHash } from '../src/index.js';

it('answers every task for the demo photo, on a face that is where it is', async () => {
  const checkpoint = await openCheckpoint(await fileSource(new URL(miniModel)));
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
  expect(face!.age.years).toBeGreaterThan(15);
  expect(face!.age.years).toBeLessThan(65);
});

it('knows its file, which holds at most 12 MB', () => {
  const file = readFileSync(new URL(miniModel));
  expect(miniModelHash).toBe(`sha256:${createHash('sha256').update(file).digest('hex')}`);
  expect(miniModelBytes).toBe(file.length);
  expect(file.length).toBeLessThan(12e6);
});
