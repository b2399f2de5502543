/** `node bench/train/run.mjs PYTHON [size] [threads] [rounds]`: see README.md. */
import { mkdirSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../..', import.meta.url));
const outfile = `${root}.cache/bench/train-step.mjs`;
mkdirSync(`${root}.cache/bench`, { recursive: true });
await build({
  entryPoints: [`${root}bench/train/step.ts`],
  bundle: true,
  platform: 'node',
  format: 'esm',
  conditions: ['@facexformer/source'],
  external: ['onnxruntime-node', 'sharp'],
  outfile,
  logLevel: 'error',
});
await import(pathToFileURL(outfile).href);
