/**
 * What it changes that large JPEGs are decoded smaller: `node bench/node/reduced.mjs FACES [photos]`, where FACES is the
 * folder of labelled faces (`../shared/faces`). Photos of the validation splits in which one face is found are enlarged and
 * set into a photo of 4032 x 3024, and analysed with the small model three times: the JPEG itself, its pixels, and its
 * pixels without the first two columns and rows, which tells how steady the answers are anyway. Writes reduced.json.
 */
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { cpu } from '../machine.mjs';
import { readPhotos } from './crowd.mjs';
import { currentCommit, importCurrent } from './revision.mjs';

const [folder, photos = '60'] = process.argv.slice(2);
if (!folder) throw new Error('usage: node bench/node/reduced.mjs FACES [photos]');

const sharp = createRequire(new URL('../../packages/runtime-node/package.json', import.meta.url))('sharp');
const SETS = ['landmarks68', 'celebamask', 'celeba', 'utkface'];
const [WIDTH, HEIGHT] = [4032, 3024];
/** Sides of the enlarged photo; faces fill about half of it. */
const SIDES = [900, 1800];
/** The third time the photo begins so many pixels later. */
const LATER = 2;

const { allTasks, blazeFace, createAnalyzer, fileSource, nodeRuntime, openCheckpoint } = await importCurrent(`
  export { createAnalyzer, openCheckpoint } from '@facexformer/core';
  export { blazeFace } from '@facexformer/detector';
  export { fileSource, nodeRuntime } from '@facexformer/runtime-node';
  export { allTasks } from '@facexformer/tasks';
`);
const runtime = nodeRuntime({ threads: 1 });
const analyzer = await createAnalyzer({
  runtime,
  checkpoint: await openCheckpoint(
    await fileSource(join(import.meta.dirname, '../../packages/model-mini/weights/mini.safetensors')),
  ),
  detector: blazeFace(),
  tasks: allTasks(),
});

/** The photo in the middle of a grey one. */
async function inLargePhoto(picture, side) {
  const input = await sharp(picture).resize(side, side, { fit: 'inside' }).png().toBuffer();
  const create = { width: WIDTH, height: HEIGHT, channels: 3, background: '#7b746c' };
  return sharp({ create }).composite([{ input }]).jpeg({ quality: 92 }).toBuffer();
}

/** Without its first columns and rows. */
function later({ width, height, data }) {
  const [w, h] = [width - LATER, height - LATER];
  const out = new Uint8Array(w * h * 3);
  for (let y = 0; y < h; y += 1) {
    const from = ((y + LATER) * width + LATER) * 3;
    out.set(data.subarray(from, from + w * 3), y * w * 3);
  }
  return { width: w, height: h, data: out };
}

const apart = (a, b) => Math.hypot(a.x - b.x, a.y - b.y);

/** How far an answer lies from another, of a photo that begins `shift` pixels later. */
function compare(face, truth, shift, sums) {
  sums.faces += 1;
  if (!face) return;
  sums.found += 1;
  const points = truth.landmarks.points;
  const eyes = apart(points[36], points[45]);
  const moved = points.map(({ x, y }) => ({ x: x - shift, y: y - shift }));
  sums.points += face.landmarks.points.reduce((sum, point, i) => sum + apart(point, moved[i]), 0) / 68 / eyes;
  sums.years += Math.abs(face.age.years - truth.age.years);
  sums.yaw += Math.abs(face.headPose.yaw - truth.headPose.yaw);
  for (const task of ['gender', 'race', 'expression']) {
    if (face[task].label !== truth[task].label) sums[task] += 1;
  }
}

const empty = () => ({ faces: 0, found: 0, points: 0, years: 0, yaw: 0, gender: 0, race: 0, expression: 0 });
const rows = [];
for (const side of SIDES) {
  const sums = { 'decoded smaller': empty(), 'begins two pixels later': empty() };
  for (const picture of readPhotos(folder, SETS, Number(photos))) {
    const jpeg = await inLargePhoto(picture, side);
    const pixels = await runtime.decode(jpeg);
    const [truth, ...others] = await analyzer.analyze(pixels);
    if (!truth || others.length > 0) continue;
    const [small] = await analyzer.analyze(jpeg);
    compare(small, truth, 0, sums['decoded smaller']);
    const [moved] = await analyzer.analyze(later(pixels));
    compare(moved, truth, LATER, sums['begins two pixels later']);
  }
  for (const [way, { faces, found, points, years, yaw, ...changed }] of Object.entries(sums)) {
    const mean = (sum, digits) => Number((sum / found).toFixed(digits));
    rows.push({
      side,
      way,
      faces,
      foundPercent: Number(((100 * found) / faces).toFixed(1)),
      pointsApart: mean(points, 4),
      yearsApart: mean(years, 2),
      yawApart: mean(yaw, 2),
      ...Object.fromEntries(
        Object.entries(changed).map(([task, count]) => [`${task}ChangedPercent`, mean(100 * count, 1)]),
      ),
    });
  }
}
await analyzer.dispose();
console.table(rows);
const report = {
  command: `node bench/node/reduced.mjs ../shared/faces ${photos}`,
  date: new Date().toISOString().slice(0, 10),
  commit: currentCommit(),
  cpu,
  weights: analyzer.provenance.name,
  rows,
};
writeFileSync(join(import.meta.dirname, 'reduced.json'), `${JSON.stringify(report, null, 2)}\n`);
process.exit(0);
