/**
 * How far the runtimes are from the reference execution, and with it from each other, on one photo with the mini model:
 * `npm run build && node bench/web/agreement.mjs`. Writes agreement.json beside itself; takes minutes, for WebGPU runs
 * in software (SwiftShader, from Debian's packages chromium and libvulkan1). Needs Firefox and WebKitGTK as well, see
 * tools/other-browsers.
 */
import { writeFile } from 'node:fs/promises';
import { openCheckpoint } from '@facexformer/core';
import { agrees, measureAgreement, TOLERANCE } from '@facexformer/core/conformance';
import { fileSource, nodeRuntime } from '@facexformer/runtime-node';
import { allTasks } from '@facexformer/tasks';
import { ISOLATED, openBrowser } from '../../tools/browser-site.mjs';
import { installedBrowsers, openAt } from '../../tools/other-browsers/browsers.mjs';
import { at, openPage, root, scriptOf } from './site.mjs';

process.env.VK_DRIVER_FILES ??= '/usr/lib/chromium/vk_swiftshader_icd.json';

const boxes = [{ x: 172, y: 67, width: 106, height: 106 }];
const weights = `${root}packages/model-mini/weights/mini.safetensors`;

async function inNode(device) {
  return measureAgreement({
    runtime: nodeRuntime({ device }),
    checkpoint: async () => openCheckpoint(await fileSource(weights)),
    tasks: allTasks(),
    image: `${root}fixtures/astronaut.png`,
    boxes,
  });
}

const script = await scriptOf(at('agreement-page.mjs'));

async function inBrowser(devices) {
  const site = await openPage(script, { headers: ISOLATED });
  const browser = await openBrowser();
  const measured = [];
  for (const device of devices) {
    const page = await browser.newPage();
    page.on('console', (message) => console.error(`${device}: ${message.text()}`));
    await page.goto(site.url);
    await page.waitForFunction('globalThis.measure');
    measured.push(await page.evaluate(([name, places]) => globalThis.measure(name, places), [device, boxes]));
    await page.close();
  }
  const version = browser.version();
  await browser.close();
  site.close();
  return { version, measured };
}

/** In Firefox or WebKit, which nobody drives: the page posts what it measured. */
async function inOtherBrowser(browser) {
  let onPost;
  const answer = new Promise((resolve) => {
    onPost = resolve;
  });
  const site = await openPage(script, { headers: ISOLATED, onPost });
  const close = openAt(browser, `${site.url}/?${encodeURIComponent(JSON.stringify(boxes))}`);
  const measured = JSON.parse(await answer);
  await close();
  site.close();
  if (measured.error) throw new Error(`${browser.name}: ${measured.error}`);
  return measured;
}

const names = [
  'Node CPU',
  'Node WebGPU (software)',
  'Chromium WASM',
  'Chromium WebGPU (software)',
  'Firefox WASM',
  'WebKitGTK WASM',
];
const others = installedBrowsers();
if (others.length < 2) throw new Error('no Firefox or WebKitGTK: see tools/other-browsers/run.mjs');
const cpu = await inNode('cpu');
const { version, measured } = await inBrowser(['wasm', 'webgpu']);
const elsewhere = [];
for (const browser of others) elsewhere.push(await inOtherBrowser(browser));
const webgpu = await inNode('webgpu');
const runtimes = [cpu, webgpu, ...measured, ...elsewhere].map((agreement, i) => ({
  runtime: names[i],
  agrees: agrees(agreement),
  ...agreement,
}));
const samePixels = new Set(runtimes.map(({ pixels }) => pixels)).size === 1;
const report = {
  command: 'npm run build && node bench/web/agreement.mjs',
  date: new Date().toISOString().slice(0, 10),
  model: 'mini',
  photo: 'fixtures/astronaut.png',
  node: process.version,
  chromium: version,
  ...Object.fromEntries(others.map((browser) => [browser.name, browser.version])),
  tolerance: TOLERANCE,
  samePixels,
  runtimes,
};
await writeFile(at('agreement.json'), `${JSON.stringify(report, null, 2)}\n`);

for (const { runtime, tasks } of runtimes) {
  for (const { task, raw, values, labels } of tasks) {
    console.log(
      `${runtime.padEnd(26)} ${task.padEnd(11)} raw ${raw.toExponential(1)}  decoded ${values.toExponential(1)}  labels ${labels}`,
    );
  }
}
const good = samePixels && runtimes.every((runtime) => runtime.agrees);
console.log(good ? `all within ${TOLERANCE}, all labels equal` : 'THE RUNTIMES DISAGREE');
process.exit(good ? 0 : 1);
