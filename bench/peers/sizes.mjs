/**
 * What a page downloads for the answers that each library has about a face, gzipped as a server sends it:
 * `node bench/peers/sizes.mjs`. Writes sizes.json. Needs no photos.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { bundle } from '../../tools/browser-site.mjs';
import { installPeers } from './install.mjs';

const root = join(import.meta.dirname, '../..');
const modules = installPeers();
const human = (name) => join(modules, '@vladmandic/human', name);
const faceApi = (name) => join(modules, '@vladmandic/face-api', name);
const mediaPipe = (name) => join(modules, '@mediapipe/tasks-vision', name);
const onnx = (name) => join(root, 'node_modules/onnxruntime-web/dist', name);

const PAGE = `
  import { openFaceAnalyzer } from 'facexformer';
  const analyzer = await openFaceAnalyzer();
  document.querySelector('input').onchange = async ({ target }) => {
    document.body.append(JSON.stringify(await analyzer.analyze(target.files[0])));
  };`;

const { text } = await bundle(undefined, {
  entryPoints: undefined,
  stdin: { contents: PAGE, resolveDir: join(root, 'packages/facexformer') },
  conditions: ['@facexformer/source', 'browser', 'import'],
  minify: true,
});

const humanModels = ['blazeface', 'facemesh', 'faceres', 'emotion'];
const faceApiModels = ['ssd_mobilenetv1', 'face_landmark_68', 'age_gender', 'face_expression'];
const LIBRARIES = {
  FaceXFormer: {
    answers: 'all nine tasks',
    code: [Buffer.from(text), onnx('ort.wasm.bundle.min.mjs')],
    engine: [onnx('ort-wasm-simd-threaded.wasm')],
    weights: [join(root, 'packages/model-mini/weights/mini.safetensors')],
  },
  human: {
    answers: 'mesh, age, gender, expression',
    code: [human('dist/human.esm.js')],
    engine: [join(modules, '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm')],
    weights: humanModels.flatMap((name) => [human(`models/${name}.json`), human(`models/${name}.bin`)]),
  },
  'face-api': {
    answers: '68 landmarks, age, gender, expression',
    code: [faceApi('dist/face-api.esm.js')],
    engine: [],
    weights: faceApiModels.flatMap((name) => [
      faceApi(`model/${name}_model-weights_manifest.json`),
      faceApi(`model/${name}_model.bin`),
    ]),
  },
  MediaPipe: {
    answers: '478 landmarks, blendshapes',
    code: [mediaPipe('vision_bundle.mjs'), mediaPipe('wasm/vision_wasm_internal.js')],
    engine: [mediaPipe('wasm/vision_wasm_internal.wasm')],
    weights: [join(root, '../shared/teachers', 'face_landmarker.task')],
  },
};

const gzipped = (files) =>
  files
    .map((file) => gzipSync(typeof file === 'string' ? readFileSync(file) : file, { level: 9 }).length)
    .reduce((sum, length) => sum + length, 0);
const megabytes = (files) => Number((gzipped(files) / 1e6).toFixed(2));
const libraries = Object.entries(LIBRARIES).map(([library, { answers, code, engine, weights }]) => ({
  library,
  answers,
  code: megabytes(code),
  engine: megabytes(engine),
  weights: megabytes(weights),
  total: megabytes([...code, ...engine, ...weights]),
}));
console.table(libraries);
const report = {
  command: 'node bench/peers/sizes.mjs',
  date: new Date().toISOString().slice(0, 10),
  libraries,
};
writeFileSync(join(import.meta.dirname, 'sizes.json'), `${JSON.stringify(report, undefined, 2)}\n`);
