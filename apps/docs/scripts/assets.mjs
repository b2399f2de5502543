import { copyFileSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const docs = join(import.meta.dirname, '..');
const root = join(docs, '../..');
const ort = dirname(createRequire(import.meta.url).resolve('onnxruntime-web'));

/** What the playground fetches, from packages into `public/playground/`: nothing comes from another server. */
const FILES = [
  [join(root, 'fixtures/astronaut.png'), 'astronaut.png'],
  [join(root, 'packages/model-mini/weights/mini.safetensors'), 'mini.safetensors'],
  ...['ort-wasm-simd-threaded.wasm', 'ort-wasm-simd-threaded.asyncify.wasm'].map((name) => [
    join(ort, name),
    name,
  ]),
];

/** Copies the playground's files; they are not kept in git. */
export function copyAssets() {
  for (const [from, name] of FILES) {
    const to = join(docs, 'public/playground', name);
    mkdirSync(dirname(to), { recursive: true });
    copyFileSync(from, to);
  }
}
