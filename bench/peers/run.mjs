/**
 * The model that ships and other libraries' networks about the same validation photos:
 *
 *     npm run build
 *     node bench/peers/run.mjs ../shared/faces [--photos 200]
 *
 * Installs the libraries into .cache/bench-peers. All get the same pixels, find the face themselves, and take turns photo by
 * photo, on one thread. Figures are over the photos in which everybody found a face; how many each of them found is told
 * beside. Writes result.json, which the comparison in the documentation is made of.
 */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { cpu, load, median } from '../machine.mjs';
import { currentCommit } from '../node/revision.mjs';
import { LIBRARIES, startTensorFlow } from './libraries.mjs';
import { mediaPipe } from './mediapipe.mjs';
import { photosOf } from './photos.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { photos: { type: 'string', default: '200' } },
});
const [faces] = positionals;
if (!faces) throw new Error('usage: node bench/peers/run.mjs FACES [--photos N]');
const teachers = join(faces, '../teachers');

const mean = (numbers) => numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
const distance = ([ax, ay], [bx, by]) => Math.hypot(ax - bx, ay - by);
const percent = (judge) => (pairs) => 100 * mean(pairs.map(([face, truth]) => Number(judge(face, truth))));

/** Mean distance of the 68 points over that of the outer corners of the eyes. */
const nme = ({ points }, truth) =>
  mean(points.map((point, i) => distance(point, truth.points[i]))) /
  distance(truth.points[36], truth.points[45]);

const MEASURES = {
  age: {
    set: 'utkface',
    measure: 'mean error, years',
    of: (pairs) => mean(pairs.map(([face, truth]) => Math.abs(face.age - truth.age))),
  },
  gender: {
    set: 'utkface',
    measure: 'accuracy, %',
    of: percent((face, truth) => face.female === truth.female),
  },
  expression: {
    set: 'ferplus',
    measure: 'accuracy of 7, %',
    of: percent((face, truth) => face.expression === truth.expression),
  },
  landmarks: {
    set: 'landmarks68',
    measure: 'error of 68 points, % of the distance of the eyes',
    of: (pairs) => 100 * mean(pairs.map(([face, truth]) => nme(face, truth))),
  },
};

/** The face nearest to the middle of the photo. */
function mainFace(found, { width, height }) {
  const off = ({ box }) => distance([box.x + box.width / 2, box.y + box.height / 2], [width / 2, height / 2]);
  return found.toSorted((a, b) => off(a) - off(b))[0];
}

/** A library's answer in the first view in which it finds a face, with the truth there; undefined when it finds none. */
async function ask({ answer, times }, views) {
  for (const { pixels, truth } of views) {
    const begun = performance.now();
    const found = await answer(pixels);
    const ms = found.ms ?? performance.now() - begun;
    if (found.length === 0) continue;
    times.push(ms);
    return [mainFace(found, pixels), truth];
  }
  return undefined;
}

/** All photos of a set through all libraries. */
async function compare(set) {
  const libraries = [...LIBRARIES[set]];
  if (set === 'landmarks68' && existsSync(teachers)) libraries.push(mediaPipe(teachers));
  const runs = [];
  for (const { library, network, bytes, open } of libraries) {
    runs.push({ library, network, bytes, answer: await open(), pairs: [], times: [] });
  }
  let photos = 0;
  for await (const views of photosOf(faces, set, Number(values.photos))) {
    photos += 1;
    for (const run of runs) run.pairs.push(await ask(run, views));
    if (photos % 25 === 0) console.log(`${set}: ${photos} photos`);
  }
  for (const { answer } of runs) await answer.close?.();
  const everybody = (_, i) => runs.every(({ pairs }) => pairs[i]);
  const compared = runs[0].pairs.filter(everybody).length;
  const tasks = Object.entries(MEASURES).filter(([, { set: own }]) => own === set);
  return tasks.map(([task, { measure, of }]) => ({
    task,
    set,
    measure,
    photos,
    compared,
    rows: runs.map(({ library, network, bytes, pairs, times }) => ({
      library,
      network,
      figure: Number(of(pairs.filter(everybody)).toFixed(2)),
      found: pairs.filter(Boolean).length,
      megabytes: Number((bytes / 1e6).toFixed(1)),
      msPerFace: Number(median(times).toFixed(1)),
    })),
  }));
}

await startTensorFlow();
const loadBefore = load();
const results = [];
for (const set of Object.keys(LIBRARIES)) {
  for (const result of await compare(set)) {
    const { rows, ...about } = result;
    results.push(result);
    console.log(about);
    console.table(rows);
  }
}
const report = {
  command: `node bench/peers/run.mjs ../shared/faces --photos ${values.photos}`,
  date: new Date().toISOString().slice(0, 10),
  commit: currentCommit(),
  cpu,
  load: [loadBefore, load()],
  results,
};
writeFileSync(join(import.meta.dirname, 'result.json'), `${JSON.stringify(report, undefined, 2)}\n`);
process.exit(0);
