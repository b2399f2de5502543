import { type Checkpoint, createAnalyzer, openCheckpoint, saveCheckpoint } from '@facexformer/core';
import { int8Parameters } from '@facexformer/core/graph';
import { assembleModel } from '@facexformer/core/model';
import { miniModel } from '@facexformer/model-mini';
import { age, landmarks } from '@facexformer/tasks';
import { fixtureUrl } from '@facexformer/test-utils/fixture-url';
import { expect, it } from 'vitest';
import { blobSource, urlSource, webRuntime } from '../src/index.ts';

const tasks = [landmarks(), age()] as const;
const boxes = [{ x: 172, y: 67, width: 106, height: 106 }];

async function answers(checkpoint: Checkpoint, photo: Blob, precision?: 'int8') {
  const runtime = webRuntime({ device: 'wasm' });
  const analyzer = await createAnalyzer({ runtime, checkpoint, tasks, precision });
  const { raw } = await analyzer.analyzeRaw(photo, { boxes });
  await analyzer.dispose();
  return raw;
}

it('a model stored in int8 answers bit by bit as its original opened in int8', {
  timeout: 180_000,
}, async () => {
  const photo = await (await fetch(fixtureUrl('astronaut.png'))).blob();
  const original = async () => openCheckpoint(await urlSource(miniModel));
  const source = await original();
  const wide = int8Parameters(assembleModel(source, tasks).outputs);
  expect(wide.size).toBeGreaterThan(0);
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  for await (const chunk of saveCheckpoint(source.info, source, 'F16', wide)) chunks.push(chunk.slice());
  const stored = await openCheckpoint(blobSource(new Blob(chunks)));
  const rounded = await answers(await original(), photo, 'int8');
  expect(await answers(stored, photo)).toEqual(rounded);
  expect(await answers(await original(), photo)).not.toEqual(rounded);
});
