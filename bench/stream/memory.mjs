/**
 * Memory of 10,000 frames in one stream, and what is left when the analyzer is disposed.
 *
 * usage: npm run build && node --expose-gc bench/stream/memory.mjs [frames]
 *
 * The network is untrained and small, so that the run ends in minutes; the detector, the decoding of PNG files (every
 * tenth frame), the tracks and the smoothing are those of any stream. Two faces walk, cross and leave.
 * Slopes are those of a least squares line from frame 2,000 on; the heap is measured after a collection.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { createAnalyzer } from '@facexformer/core';
import { blazeFace } from '@facexformer/detector';
import { nodeRuntime } from '@facexformer/runtime-node';
import { allTasks } from '@facexformer/tasks';
import { importTypeScript } from '../typescript.mjs';

const sharp = createRequire(new URL('../../packages/runtime-node/package.json', import.meta.url))('sharp');
const FRAMES = Number(process.argv[2] ?? 10_000);
const WARM = FRAMES / 5;
const EVERY = 250;

const fixture = (name) => fileURLToPath(new URL(`../../fixtures/${name}`, import.meta.url));
const { untrainedCheckpoint } = await importTypeScript('packages/test-utils/src/untrained.ts');
const runtime = nodeRuntime({ device: 'cpu', threads: 1 });
const file = await readFile(fixture('astronaut.png'));
const photo = await runtime.decode(file);
const SIZE = { width: 320, height: 180 };

/** Two copies of the photo's face, which walk, cross and leave. */
function frame(i) {
  const data = new Uint8Array(SIZE.width * SIZE.height * 3).fill(90);
  for (const [speed, start, top] of [
    [1, 20, 20],
    [-2, 180, 50],
  ]) {
    const way = SIZE.width + 200;
    paste(data, ((((start + speed * i + 100) % way) + way) % way) - 100, top);
  }
  return { ...SIZE, data };
}

/** The face at 3/4 of its size. */
function paste(data, left, top) {
  for (let y = 0; y < 120; y++) {
    for (let x = Math.max(0, -left); x < Math.min(110, SIZE.width - left); x++) {
      const from = 3 * (Math.floor(40 + y / 0.75) * photo.width + Math.floor(150 + x / 0.75));
      const to = 3 * ((top + y) * SIZE.width + left + x);
      for (let channel = 0; channel < 3; channel++) data[to + channel] = photo.data[from + channel];
    }
  }
}

/** Every tenth frame as a file. */
const encoded = (pixels) =>
  sharp(pixels.data, { raw: { ...SIZE, channels: 3 } })
    .png()
    .toBuffer();

let closed = false;
async function* film() {
  try {
    for (let i = 0; i < FRAMES; i++) yield i % 10 === 9 ? encoded(frame(i)) : frame(i);
  } finally {
    closed = true;
  }
}

const megabytes = (bytes) => bytes / 2 ** 20;
function memory() {
  globalThis.gc();
  const { rss, heapUsed, external, arrayBuffers } = process.memoryUsage();
  return [rss, heapUsed, external, arrayBuffers].map(megabytes);
}

const open = () =>
  createAnalyzer({
    runtime,
    checkpoint: untrainedCheckpoint(),
    tasks: allTasks(),
    detector: blazeFace({ smallestFace: { share: 1 / 8 } }),
  });

/** Memory once everything is disposed. */
async function settled() {
  for (let turn = 0; turn < 5; turn++) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    globalThis.gc(); // finalizers of one collection free what the next one finds
  }
  return memory();
}

const before = memory();
const analyzer = await open();
const samples = [];
const start = performance.now();
let faces = 0;
let detections = 0;
let lastId = 0;
for await (const result of analyzer.stream(film(), { keep: 'all' })) {
  if (result.error) throw result.error;
  faces += result.faces.length;
  detections += result.faces.some(({ track }) => track.detected) ? 1 : 0;
  lastId = result.faces.reduce((last, { track }) => Math.max(last, track.id), lastId);
  if ((result.index + 1) % EVERY === 0) samples.push([result.index + 1, ...memory()]);
}
const seconds = (performance.now() - start) / 1000;
await analyzer.dispose();
const after = await settled();

// What a second analyzer leaves is no longer the engine's own start.
const again = await open();
for await (const { index } of again.stream(film(), { keep: 'all' })) if (index === 300) break;
await again.dispose();
const afterSecond = await settled();

/** Growth in MB per 1,000 frames. */
function slope(column) {
  const rows = samples.filter(([frames]) => frames >= WARM);
  const mean = (read) => rows.reduce((sum, row) => sum + read(row), 0) / rows.length;
  const [x, y] = [mean((row) => row[0]), mean((row) => row[column])];
  const product = mean((row) => (row[0] - x) * (row[column] - y));
  return round((1000 * product) / mean((row) => (row[0] - x) ** 2));
}

const round = (value) => Math.round(value * 1000) / 1000;
const [rss, heap, external, buffers] = [0, 1, 2, 3];
const report = {
  command: 'node --expose-gc bench/stream/memory.mjs',
  cpu: cpus()[0].model,
  node: process.version,
  frames: FRAMES,
  seconds: round(seconds),
  faces,
  'frames with a detection': detections,
  tracks: lastId,
  'MB per 1,000 frames after warm-up': {
    'resident set': slope(1 + rss),
    heap: slope(1 + heap),
    external: slope(1 + external),
    'array buffers': slope(1 + buffers),
  },
  'source closed': closed,
  'MB, before the analyzer, after its disposal, after that of a second one': {
    'resident set': [before, after, afterSecond].map((values) => round(values[rss])),
    heap: [before, after, afterSecond].map((values) => round(values[heap])),
    external: [before, after, afterSecond].map((values) => round(values[external])),
    'array buffers': [before, after, afterSecond].map((values) => round(values[buffers])),
  },
  samples: samples.map((sample) => sample.map((value) => Math.round(value * 10) / 10)),
};
console.log(JSON.stringify(report, null, 2));
if (FRAMES >= 10_000) {
  await writeFile(new URL('memory.json', import.meta.url), `${JSON.stringify(report, null, 1)}\n`);
}
