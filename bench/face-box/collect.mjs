/** `node bench/face-box/collect.mjs FACES > .cache/face-box.json`: 700 train and 100 val faces of each set, for fit.py. */
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const outfile = here('../../.cache/face-box.mjs');
mkdirSync(here('../../.cache'), { recursive: true });
await build({
  entryPoints: [here('collect.ts')],
  outfile,
  bundle: true,
  format: 'esm',
  platform: 'node',
  conditions: ['@facexformer/source'],
  external: ['onnxruntime-node', 'sharp'],
});
const { collect } = await import(outfile);
const [folder] = process.argv.slice(2);
const rows = [...(await collect(folder, 'train', 700)), ...(await collect(folder, 'val', 100))];
process.stdout.write(JSON.stringify(rows));
