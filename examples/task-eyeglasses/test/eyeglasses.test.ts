import { existsSync, readFileSync } from 'node:fs';
import {
  bytesSource,
  createAnalyzer,
  openCheckpoint,
  openPluginCheckpoint,
  type Pixels,
  type PluginCheckpoint,
  plugin,
} from '@facexformer/core';
import { generatedPlugin, taskChecks } from '@facexformer/core/conformance';
import { miniModel } from '@facexformer/model-mini';
import { fileSource, nodeRuntime } from '@facexformer/runtime-node';
import { allTasks } from '@facexformer/tasks';
import { describe, expect, it } from 'vitest';
import { type Eyeglasses, eyeglasses, eyeglassesWeights } from '../src/index.js';
import { expectAnswer } from './answer.js';

/** A picture without a face; the whole of it is taken to be one. */
const picture: Pixels = {
  width: 96,
  height: 96,
  data: Uint8Array.from({ length: 96 * 96 * 3 }, (_, i) => (i * 2654435761) >>> 24),
};

const runtime = nodeRuntime({ device: 'cpu', threads: 1 });
const base = async () => openCheckpoint(await fileSource(miniModel));

/** The answers for the picture, with these weights or with random ones. */
async function answers(weights?: PluginCheckpoint) {
  const checkpoint = await base();
  const own = plugin(eyeglasses(), weights ?? generatedPlugin(eyeglasses(), checkpoint), { anyBase: true });
  await using analyzer = await createAnalyzer({ runtime, checkpoint, tasks: [...allTasks(), own] });
  const { faces, raw } = await analyzer.analyzeRaw(picture);
  return { face: faces[0]!, raw };
}

describe('the contract of a task', () => {
  for (const { name, run } of taskChecks(eyeglasses())) it(name, run);
});

describe('eyeglasses', { timeout: 60_000 }, () => {
  it('answers along with the built-in tasks, whose numbers stay as they are', async () => {
    const { face, raw } = await answers();
    const answer: Eyeglasses = face.eyeglasses;
    expectAnswer(answer);
    await using alone = await createAnalyzer({ runtime, checkpoint: await base(), tasks: allTasks() });
    const before = await alone.analyzeRaw(picture);
    for (const { name } of allTasks()) expect(raw[name]!.data).toEqual(before.raw[name]!.data);
  });

  const weights = new URL(eyeglassesWeights);
  it.skipIf(!existsSync(weights))('has trained weights that fit', async () => {
    const { face } = await answers(await openPluginCheckpoint(bytesSource(readFileSync(weights))));
    expectAnswer(face.eyeglasses);
  });
});
