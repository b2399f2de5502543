/**
 * Turned photos against the same photos upright: `node bench/node/turned.mjs FACES [photos]`, where FACES is the folder of
 * labelled faces (`../shared/faces`). Photos of the validation splits in which one face is found are turned about their centre, the
 * border is filled with their mean colour, and they are analysed with the small model and `rotations`. Found: a face whose
 * box has its centre within half the upright box of where that should be. Points off: landmarks that differ by more than a tenth of
 * the eyes' distance on average. Roll off: by more than 10 degrees. Writes turned.json.
 */
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { cpu } from '../machine.mjs';
import { readPhotos } from './crowd.mjs';
import { currentCommit, importCurrent } from './revision.mjs';

const [folder, photos = '200'] = process.argv.slice(2);
if (!folder) throw new Error('usage: node bench/node/turned.mjs FACES [photos]');

const require = createRequire(new URL('../../packages/runtime-node/package.json', import.meta.url));
const sharp = require('sharp');
const ANGLES = [30, 45, 60, 90, 135, 180];
const SETS = ['landmarks68', 'celebamask', 'celeba', 'utkface'];

const { allTasks, blazeFace, createAnalyzer, fileSource, nodeRuntime, openCheckpoint } = await importCurrent(`
  export { createAnalyzer, openCheckpoint } from '@facexformer/core';
  export { blazeFace } from '@facexformer/detector';
  export { fileSource, nodeRuntime } from '@facexformer/runtime-node';
  export { allTasks } from '@facexformer/tasks';
`);
const weights = join(import.meta.dirname, '../../packages/model-mini/weights/mini.safetensors');
const runtime = nodeRuntime({ threads: 1 });
const analyzer = await createAnalyzer({
  runtime,
  checkpoint: await openCheckpoint(await fileSource(weights)),
  detector: blazeFace(),
  tasks: allTasks(),
});

/** Turns places of a photo with it. */
function turner(angle, before, after) {
  const [cos, sin] = [Math.cos((angle * Math.PI) / 180), Math.sin((angle * Math.PI) / 180)];
  return ({ x, y }) => {
    const [dx, dy] = [x - (before.width - 1) / 2, y - (before.height - 1) / 2];
    return {
      x: (after.width - 1) / 2 + cos * dx - sin * dy,
      y: (after.height - 1) / 2 + sin * dx + cos * dy,
    };
  };
}

const mean = (points) => ({
  x: points.reduce((sum, { x }) => sum + x, 0) / points.length,
  y: points.reduce((sum, { y }) => sum + y, 0) / points.length,
});
const apart = (a, b) => Math.hypot(a.x - b.x, a.y - b.y);
const eyes = ({ groups }) => apart(mean(groups.eyeImageLeft), mean(groups.eyeImageRight));
const wrap = (degrees) => Math.abs(degrees - 360 * Math.round(degrees / 360));

async function turned(pixels, angle) {
  const { width, height, data } = pixels;
  const { channels } = await sharp(data, { raw: { width, height, channels: 3 } }).stats();
  const [r, g, b] = channels.map(({ mean: value }) => Math.round(value));
  const result = await sharp(data, { raw: { width, height, channels: 3 } })
    .rotate(angle, { background: { r, g, b } })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: result.info.width, height: result.info.height, data: result.data };
}

const results = Object.fromEntries(
  ANGLES.map((angle) => [
    angle,
    { photos: 0, found: 0, more: 0, pointsOff: 0, genderChanged: 0, rollOff: 0, years: 0, ms: 0 },
  ]),
);
let used = 0;
for (const picture of readPhotos(folder, SETS, Number(photos))) {
  const pixels = await runtime.decode(picture);
  const upright = await analyzer.analyze(pixels);
  if (upright.length !== 1) continue;
  used += 1;
  const [truth] = upright;
  for (const angle of ANGLES) {
    const photo = await turned(pixels, angle);
    const start = performance.now();
    const faces = await analyzer.analyze(photo, { rotations: true });
    const result = results[angle];
    result.ms += performance.now() - start;
    result.photos += 1;
    const turn = turner(angle, pixels, photo);
    const points = truth.landmarks.points.map(turn);
    const scale = eyes(truth.landmarks);
    const place = turn({
      x: truth.box.x + (truth.box.width - 1) / 2,
      y: truth.box.y + (truth.box.height - 1) / 2,
    });
    const face = faces.find(
      ({ box }) =>
        apart({ x: box.x + (box.width - 1) / 2, y: box.y + (box.height - 1) / 2 }, place) <
        truth.box.width / 2,
    );
    result.more += faces.length - Number(face !== undefined);
    if (!face) continue;
    result.found += 1;
    const off =
      face.landmarks.points.reduce((sum, point, i) => sum + apart(point, points[i]), 0) / 68 / scale;
    const rollOff = wrap(face.headPose.roll - truth.headPose.roll - angle);
    if (off > 0.1) result.pointsOff += 1;
    if (face.gender.label !== truth.gender.label) result.genderChanged += 1;
    if (rollOff > 10) result.rollOff += 1;
    result.years += Math.abs(face.age.years - truth.age.years);
  }
}
await analyzer.dispose();
const rows = Object.entries(results).map(
  ([angle, { photos, found, more, pointsOff, genderChanged, rollOff, years, ms }]) => {
    const share = (count, of) => Number(((100 * count) / of).toFixed(1));
    return {
      degrees: Number(angle),
      foundPercent: share(found, photos),
      otherFaces: more,
      pointsOffPercent: share(pointsOff, found),
      genderChangedPercent: share(genderChanged, found),
      rollOffPercent: share(rollOff, found),
      meanYearsApart: Number((years / found).toFixed(2)),
      msPerPhoto: Math.round(ms / photos),
    };
  },
);
console.table(rows);
const report = { photos: used, commit: currentCommit(), cpu, weights: analyzer.provenance.name, rows };
writeFileSync(join(import.meta.dirname, 'turned.json'), `${JSON.stringify(report, null, 2)}\n`);
