/**
 * Latency of face detection in Node: `npm run build && node bench/detector.mjs [photo]`.
 * Prints one JSON line per photo size and tiling: median and fastest of the runs, in milliseconds.
 */

import { createRequire } from 'node:module';
import { cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { blazeFace } from '../packages/detector/dist/index.js';
import { nodeRuntime } from '../packages/runtime-node/dist/index.js';

const sharp = createRequire(new URL('../packages/runtime-node/package.json', import.meta.url))('sharp');
const file = process.argv[2] ?? fileURLToPath(new URL('../fixtures/astronaut.png', import.meta.url));
const RUNS = 7;

const runtime = await nodeRuntime();
const sizes = [
  [512, 512],
  [4000, 3000],
];
for (const [width, height] of sizes) {
  const photo = await runtime.decode(
    await sharp(file).resize(width, height, { fit: 'cover' }).png().toBuffer(),
  );
  for (const tiling of ['auto', false]) {
    const detector = await blazeFace({ tiling })(runtime);
    const times = [];
    let faces = await detector.detect(photo);
    for (let i = 0; i < RUNS; i++) {
      const start = performance.now();
      faces = await detector.detect(photo);
      times.push(performance.now() - start);
    }
    await detector.dispose();
    times.sort((a, b) => a - b);
    const [median, fastest] = [times[RUNS >> 1], times[0]].map(Math.round);
    console.log(JSON.stringify({ width, height, tiling, faces: faces.length, median, fastest }));
  }
}
console.log(JSON.stringify({ cpu: cpus()[0].model, cores: cpus().length, load: loadavg()[0] }));
