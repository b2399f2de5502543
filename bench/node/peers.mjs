/**
 * From an encoded photo to answers, beside other libraries in Node, alternating in one process:
 *
 *     npm install --prefix .cache/bench-node --ignore-scripts @vladmandic/human@3.3.6 @vladmandic/face-api@1.7.15 \
 *       @tensorflow/tfjs@4.22.0 @tensorflow/tfjs-backend-wasm@4.22.0
 *     node bench/node/peers.mjs [rounds] [threads]
 *
 * All decode with sharp. The others run on WebAssembly, which has one thread in Node: the binary of tfjs-node, their
 * fastest backend, is downloaded from outside the registry and was not to be had. Milliseconds of the wall clock and of the
 * processor, medians. Writes peers.json.
 */
import { writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { cpu, load, median } from '../machine.mjs';
import { photos } from './photos.mjs';
import { currentCommit, importCurrent } from './revision.mjs';

const [rounds = '9', threads = '2'] = process.argv.slice(2);
const root = join(import.meta.dirname, '../..');
const others = join(root, '.cache/bench-node/node_modules');
const requireOther = createRequire(join(others, 'package.json'));
const sharp = createRequire(join(root, 'packages/runtime-node/package.json'))('sharp');

const tf = requireOther('@tensorflow/tfjs');
requireOther('@tensorflow/tfjs-backend-wasm').setWasmPaths(
  join(others, '@tensorflow/tfjs-backend-wasm/dist/'),
);

const MOST_FACES = 20;

/** [height, width, 3] */
async function decodeTensor(jpeg) {
  const { data, info } = await sharp(jpeg)
    .autoOrient()
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return tf.tensor3d(new Int32Array(data), [info.height, info.width, 3], 'int32');
}

const subjects = {
  'facexformer: detector, nine tasks': async () => {
    const { createAnalyzer, openCheckpoint, blazeFace, fileSource, nodeRuntime, allTasks } =
      await importCurrent(`
        export { createAnalyzer, openCheckpoint } from '@facexformer/core';
        export { blazeFace } from '@facexformer/detector';
        export { fileSource, nodeRuntime } from '@facexformer/runtime-node';
        export { allTasks } from '@facexformer/tasks';
      `);
    const analyzer = await createAnalyzer({
      runtime: nodeRuntime({ threads: Number(threads) }),
      checkpoint: await openCheckpoint(
        await fileSource(join(root, 'packages/model-mini/weights/mini.safetensors')),
      ),
      detector: blazeFace(),
      tasks: allTasks(),
    });
    return async (jpeg) => (await analyzer.analyze(jpeg)).length;
  },

  'human: detector, mesh, description, emotion': async () => {
    const { default: Human } = requireOther(join(others, '@vladmandic/human/dist/human.node-wasm.js'));
    const human = new Human({
      backend: 'wasm',
      modelBasePath: await serve(join(others, '@vladmandic/human/models')),
      wasmPath: join(others, '@tensorflow/tfjs-backend-wasm/dist/'),
      cacheSensitivity: 0,
      filter: { enabled: false },
      gesture: { enabled: false },
      body: { enabled: false },
      hand: { enabled: false },
      object: { enabled: false },
      segmentation: { enabled: false },
      face: {
        enabled: true,
        detector: { enabled: true, skipFrames: 0, skipTime: 0, maxDetected: MOST_FACES },
        mesh: { enabled: true },
        iris: { enabled: false },
        description: { enabled: true, skipFrames: 0, skipTime: 0 },
        emotion: { enabled: true, skipFrames: 0, skipTime: 0 },
      },
    });
    await human.load();
    return async (jpeg) => {
      const tensor = await decodeTensor(jpeg);
      const { face, error } = await human.detect(tensor);
      tensor.dispose();
      if (error) throw new Error(error);
      return face.length;
    };
  },

  'face-api: detector, landmarks, expression, age, gender, descriptor': async () => {
    const faceapi = requireOther('@vladmandic/face-api/dist/face-api.node-wasm.js');
    const { nets } = faceapi;
    const models = join(others, '@vladmandic/face-api/model');
    const used = [
      'ssdMobilenetv1',
      'faceLandmark68Net',
      'faceExpressionNet',
      'ageGenderNet',
      'faceRecognitionNet',
    ];
    for (const net of used) await nets[net].loadFromDisk(models);
    const options = new faceapi.SsdMobilenetv1Options({ minConfidence: 0.5, maxResults: MOST_FACES });
    return async (jpeg) => {
      const tensor = await decodeTensor(jpeg);
      const faces = await faceapi
        .detectAllFaces(tensor, options)
        .withFaceLandmarks()
        .withFaceExpressions()
        .withAgeAndGender()
        .withFaceDescriptors();
      tensor.dispose();
      return faces.length;
    };
  },
};

/** The files of a folder on the loopback; its address. */
async function serve(folder) {
  const server = createServer((request, response) => {
    readFile(join(folder, new URL(request.url, 'http://localhost').pathname)).then(
      (bytes) => response.end(bytes),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${server.address().port}/`;
}

await tf.setBackend('wasm');
await tf.ready();
const runs = {};
const failed = {};
for (const [name, prepare] of Object.entries(subjects)) {
  try {
    runs[name] = await prepare();
  } catch (error) {
    failed[name] = String(error);
  }
}
if (tf.getBackend() !== 'wasm') throw new Error(`the others run on ${tf.getBackend()}`);

const loadBefore = load();
const short = (value) => Number(value.toFixed(1));
const results = [];
for (const [photo, { jpeg, faces: truth }] of Object.entries(await photos())) {
  const decode = async () => (await sharp(jpeg).raw().toBuffer()) && truth;
  const ways = { 'decoding alone': decode, ...runs };
  const times = Object.fromEntries(
    Object.keys(ways).map((name) => [name, { wallMs: [], cpuMs: [], faces: 0 }]),
  );
  for (let round = -2; round < Number(rounds); round += 1) {
    for (const [name, run] of Object.entries(ways)) {
      const [start, used] = [performance.now(), process.cpuUsage()];
      times[name].faces = await run(jpeg);
      const { user, system } = process.cpuUsage(used);
      if (round < 0) continue;
      times[name].wallMs.push(performance.now() - start);
      times[name].cpuMs.push((user + system) / 1000);
    }
  }
  const ours = times[Object.keys(subjects)[0]];
  const rows = Object.entries(times).map(([name, { wallMs, cpuMs, faces }]) => ({
    name,
    faces,
    wallMs: short(median(wallMs)),
    cpuMs: short(median(cpuMs)),
    timesAsLong: short(median(wallMs.map((value, i) => value / ours.wallMs[i]))),
  }));
  results.push({ photo, faces: truth, rows });
  console.log(JSON.stringify(results.at(-1), null, 2));
}
const report = {
  command: `node bench/node/peers.mjs ${rounds} ${threads}`,
  date: new Date().toISOString().slice(0, 10),
  commit: currentCommit(),
  cpu,
  threads: Number(threads),
  rounds: Number(rounds),
  load: [loadBefore, load()],
  failed,
  results,
};
writeFileSync(join(import.meta.dirname, 'peers.json'), `${JSON.stringify(report, null, 2)}\n`);
process.exit(0);
