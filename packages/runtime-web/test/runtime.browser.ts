import { createAnalyzer, openCheckpoint } from '@facexformer/core';
import { blazeFace } from '@facexformer/detector';
import { miniModel } from '@facexformer/model-mini';
import { allTasks } from '@facexformer/tasks';
import { describe, expect, it } from 'vitest';
import { urlSource, webRuntime } from '../src/index.ts';

const photo = new URL('../../../fixtures/astronaut.png', import.meta.url).href;

describe('webRuntime', () => {
  it.each(['wasm', 'webgpu'] as const)('analyses a photo on %s', async (device) => {
    expect(crossOriginIsolated).toBe(true);
    const begun = performance.now();
    await using analyzer = await createAnalyzer({
      runtime: webRuntime({ device }),
      checkpoint: await openCheckpoint(await urlSource(miniModel)),
      detector: blazeFace({ tiling: false }),
      tasks: allTasks(),
    });
    expect(analyzer.device).toBe(device);
    const opened = performance.now();
    const faces = await analyzer.analyze(await (await fetch(photo)).blob());
    const done = performance.now();
    await analyzer.analyze(await (await fetch(photo)).blob());
    console.log(
      device,
      opened - begun,
      done - opened,
      performance.now() - done,
      JSON.stringify(faces.map(({ box, age, gender }) => ({ box, age, gender }))),
    );
    expect(faces).toHaveLength(1);
  });
});
