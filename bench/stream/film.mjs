import { readFile } from 'node:fs/promises';
import { createAnalyzer, openCheckpoint } from '@facexformer/core';
import { blazeFace } from '@facexformer/detector';
import { miniModel } from '@facexformer/model-mini';
import { fileSource, nodeRuntime } from '@facexformer/runtime-node';
import { allTasks } from '@facexformer/tasks';

/** Normal deviates, the same in every run. */
export function deviates(seed) {
  let state = seed;
  const uniform = () => {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), 1 | state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
  return () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
}

/** The photo with fresh camera noise in every pixel, `sigma` of 255. */
export function noisy(photo, sigma, random) {
  const data = new Uint8ClampedArray(photo.data.length);
  for (let i = 0; i < data.length; i++) data[i] = photo.data[i] + sigma * random();
  return { width: photo.width, height: photo.height, data };
}

/** The mini model with its detector, as an application would open it. */
export async function openMini() {
  const runtime = nodeRuntime({ device: 'cpu', threads: 1 });
  const checkpoint = await openCheckpoint(await fileSource(miniModel));
  const analyzer = await createAnalyzer({ runtime, checkpoint, tasks: allTasks(), detector: blazeFace() });
  const photo = await runtime.decode(
    await readFile(new URL('../../fixtures/astronaut.png', import.meta.url)),
  );
  return { analyzer, photo };
}

export const rootMeanSquare = (values) =>
  Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
