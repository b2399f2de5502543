/** Runs in Chromium for agreement.mjs: measures how far this browser's runtimes are from the reference. */
import { openCheckpoint } from '@facexformer/core';
import { measureAgreement } from '@facexformer/core/conformance';
import { urlSource, webRuntime } from '@facexformer/runtime-web';
import { allTasks } from '@facexformer/tasks';

globalThis.measure = async (device, boxes) =>
  measureAgreement({
    runtime: webRuntime({ device }),
    checkpoint: async () => openCheckpoint(await urlSource('/weights/mini.safetensors')),
    tasks: allTasks(),
    image: await (await fetch('/fixtures/astronaut.png')).blob(),
    boxes,
  });
