import { copyFileSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

const docs = join(import.meta.dirname, '..');
const root = join(docs, '../..');

/** What the playground fetches from `public/playground/`; onnxruntime-web's files are emitted by the bundler. */
const FILES = [
  [join(root, 'fixtures/astronaut.png'), 'astronaut.png'],
  [join(root, 'packages/model-mini/weights/mini.safetensors'), 'mini.safetensors'],
];

/** Copies the playground's files; they are not kept in git. */
export function copyAssets() {
  for (const [from, name] of FILES) {
    const to = join(docs, 'public/playground', name);
    mkdirSync(dirname(to), { recursive: true });
    copyFileSync(from, to);
  }
}
