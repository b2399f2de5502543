/**
 * Faces found on made-up photos, beside an earlier commit: `node bench/node/recall.mjs FACES [photos] [commit]`, where
 * FACES is the folder of labelled faces (`../shared/faces`). The photos are composed anew each time (crowd.mjs) and kept
 * nowhere, and decoded as for the analyzer: large ones smaller where the detector says that this is enough. Found: a box whose centre lies within half a face's side of its own, half to twice as large. False: a box
 * whose centre lies outside all that was pasted. Writes recall.json.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cpu, load } from '../machine.mjs';
import { composePhoto, readFaces, readTextures } from './crowd.mjs';
import { currentCommit, importCurrent, importRevision } from './revision.mjs';

const [folder, photos = '64', commit = '2f6f846'] = process.argv.slice(2);
if (!folder) throw new Error('usage: node bench/node/recall.mjs FACES [photos] [commit]');

const SOURCE = `
  export { blazeFace } from '@facexformer/detector';
  export { nodeRuntime } from '@facexformer/runtime-node';
`;

/** Groups of faces by their side: shares of the photo's longer side, from this on. */
const SHARES = { '1/10 to 1/4': 1 / 10, '1/20 to 1/10': 1 / 20, '1/30 to 1/20': 1 / 30, '1/40 to 1/30': 0 };

async function open({ blazeFace, nodeRuntime }) {
  const runtime = nodeRuntime({ threads: 1 });
  return { runtime, detector: await blazeFace()(runtime), cpuMs: 0, wrong: 0, groups: new Map() };
}

const sides = {
  before: await open(await importRevision(commit, SOURCE)),
  after: await open(await importCurrent(SOURCE)),
};

function count(side, { width, height, truth }, faces, scale) {
  const about = ({ box }) => ({
    x: scale * (box.x + box.width / 2),
    y: scale * (box.y + box.height / 2),
    side: scale * Math.max(box.width, box.height),
  });
  const squares = faces.map(about);
  const apart = (a, b) => Math.hypot(a.x - b.x, a.y - b.y);
  const longer = Math.max(width, height);
  for (const face of truth) {
    const found = squares.some(
      (square) =>
        apart(square, face) < face.side / 2 && square.side > face.side / 2 && square.side < face.side * 2,
    );
    const [share] = Object.entries(SHARES).find(([, from]) => face.side / longer >= from);
    for (const group of ['all', `faces of ${share}`, `photos of ${width} x ${height}`]) {
      const counts = side.groups.get(group) ?? { found: 0, of: 0 };
      side.groups.set(group, { found: counts.found + Number(found), of: counts.of + 1 });
    }
  }
  side.wrong += squares.filter((square) => truth.every((face) => apart(square, face) > face.reach)).length;
}

const loadBefore = load();
const source = { faces: readFaces(folder), textures: await readTextures(folder) };
for (let index = 0; index < Number(photos); index += 1) {
  const photo = await composePhoto(source, index);
  for (const side of Object.values(sides)) {
    const pixels = await side.runtime.decode(photo.jpeg, { enough: side.detector.enough });
    const scale = photo.width / pixels.width;
    const used = process.cpuUsage();
    const faces = await side.detector.detect(pixels);
    const { user, system } = process.cpuUsage(used);
    side.cpuMs += (user + system) / 1000;
    count(side, photo, faces, scale);
  }
  if (index % 8 === 7) {
    const soFar = Object.entries(sides).map(([name, { groups }]) => `${name} ${groups.get('all').found}`);
    console.log(`${index + 1} photos: ${soFar.join(', ')} of ${sides.after.groups.get('all').of}`);
  }
}

const short = (value) => Number(value.toFixed(4));
const results = Object.fromEntries(
  Object.entries(sides).map(([name, { groups, wrong, cpuMs }]) => [
    name,
    {
      groups: Object.fromEntries(
        [...groups].sort().map(([group, { found, of }]) => [group, { found, of, recall: short(found / of) }]),
      ),
      false: wrong,
      cpuMs: Math.round(cpuMs),
    },
  ]),
);
const report = {
  command: `node bench/node/recall.mjs ../shared/faces ${photos} ${commit}`,
  date: new Date().toISOString().slice(0, 10),
  before: commit,
  after: currentCommit(),
  cpu,
  load: [loadBefore, load()],
  photos: Number(photos),
  results,
};
writeFileSync(join(import.meta.dirname, 'recall.json'), `${JSON.stringify(report, null, 2)}\n`);
console.log(JSON.stringify(results, null, 2));
process.exit(0);
