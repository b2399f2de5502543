/**
 * How far int8 moves the full model's answers on the fixture images, per task, in the units that people read.
 * The weights are generated, not trained: labels lie closer together than a trained model's.
 *
 * usage: node bench/full-model/deviation.mjs weights.safetensors
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bytesSource, createAnalyzer, openCheckpoint } from '@facexformer/core';
import { readSafetensorsHeader } from '@facexformer/core/formats';
import { fileSource, nodeRuntime } from '@facexformer/runtime-node';
import { allTasks } from '@facexformer/tasks';

const [weights] = process.argv.slice(2);
const file = readFileSync(join(import.meta.dirname, '../../fixtures/fixture.safetensors'));
const { tensors } = await readSafetensorsHeader(bytesSource(file));
const photos = ['A', 'B', 'C'].map((name) => {
  const { offset, byteLength } = tensors.get(`${name}.image_u8`);
  return { width: 224, height: 224, data: new Uint8Array(file.subarray(offset, offset + byteLength)) };
});

async function analyse(precision) {
  const checkpoint = await openCheckpoint(await fileSource(weights));
  const tasks = allTasks().filter(({ name }) => name in checkpoint.info.vocabularies);
  const runtime = nodeRuntime({ device: 'cpu', threads: 2 });
  const analyzer = await createAnalyzer({ runtime, checkpoint, tasks, precision });
  const faces = [];
  for (const photo of photos) faces.push((await analyzer.analyze(photo))[0]);
  await analyzer.dispose();
  return faces;
}

const mean = (values) => values.reduce((a, b) => a + b, 0) / values.length;
const [exact, rounded] = [await analyse('fp32'), await analyse('int8')];
const each = (measure) => exact.map((face, i) => Number(measure(face, rounded[i]).toFixed(4)));
const apart = (a, b) => Math.hypot(a.x - b.x, a.y - b.y);
const report = {
  command: 'node bench/full-model/deviation.mjs weights.safetensors',
  images: ['A', 'B', 'C'],
  'parsing: share of pixels with the same class': each((a, b) =>
    mean(Array.from(a.parsing.labels, (label, i) => Number(label === b.parsing.labels[i]))),
  ),
  'landmarks: mean shift in pixels of 224': each((a, b) =>
    mean(a.landmarks.points.map((point, i) => apart(point, b.landmarks.points[i]))),
  ),
  'head pose: largest change in degrees': each((a, b) =>
    Math.max(...['yaw', 'pitch', 'roll'].map((axis) => Math.abs(a.headPose[axis] - b.headPose[axis]))),
  ),
  'age: change in years': each((a, b) => Math.abs(a.age.years - b.age.years)),
  'attributes: of 40 that changed sides': each(
    (a, b) =>
      a.attributes.present.filter((name) => !b.attributes.present.includes(name)).length +
      b.attributes.present.filter((name) => !a.attributes.present.includes(name)).length,
  ),
  'gender, race: labels that changed': each(
    (a, b) => Number(a.gender.label !== b.gender.label) + Number(a.race.label !== b.race.label),
  ),
  'visibility: largest change of a probability': each((a, b) =>
    Math.max(
      ...a.visibility.points.map((point, i) =>
        Math.abs(point.occludedProbability - b.visibility.points[i].occludedProbability),
      ),
    ),
  ),
};
writeFileSync(join(import.meta.dirname, 'deviation.json'), `${JSON.stringify(report, null, 2)}\n`);
console.log(JSON.stringify(report, null, 2));
