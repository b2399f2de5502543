import { readFileSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';

/** What cannot be in the file: native code, and the weights, which are found in `node_modules` beside it. */
const BESIDE = ['onnxruntime-node', 'sharp', '@facexformer/model-mini'];

/** `cjs` for a platform that calls `require`. */
const format = process.argv[2] ?? 'esm';

await build({
  entryPoints: ['handler.js'],
  outfile: format === 'cjs' ? 'dist/handler.cjs' : 'dist/handler.mjs',
  bundle: true,
  minify: true,
  platform: 'node',
  target: 'node20',
  format,
  external: BESIDE,
});

const versions = BESIDE.map((name) => {
  const { version } = JSON.parse(readFileSync(`node_modules/${name}/package.json`, 'utf8'));
  return [name, version];
});
writeFileSync(
  'dist/package.json',
  JSON.stringify({ private: true, dependencies: Object.fromEntries(versions) }),
);
