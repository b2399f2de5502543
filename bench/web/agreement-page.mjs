/**
 * Runs in browsers for agreement.mjs: measures how far this browser's runtimes are from the reference, when it is asked
 * (Chromium), or at an address with `?` and the boxes as JSON, for WebAssembly; the result is posted (Firefox, WebKit).
 */
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

if (location.search) {
  const boxes = JSON.parse(decodeURIComponent(location.search.slice(1)));
  const result = await globalThis.measure('wasm', boxes).catch((error) => ({ error: String(error) }));
  await fetch('/', { method: 'POST', body: JSON.stringify(result) });
}
