/**
 * `node bench/gpu/pack.mjs OUT`: what a machine without Node and without a network needs, in two pieces: node.gz, and app.tar.gz
 * with onnxruntime-node's binary for Linux, the bundled measure.ts, peer.py, and the network that it compares with.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, createReadStream, createWriteStream, mkdirSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { build } from 'esbuild';

const [out] = process.argv.slice(2);
if (!out) throw new Error('say where the pieces go: node bench/gpu/pack.mjs .cache/gpu-bench');
const root = join(import.meta.dirname, '../..');
const app = join(out, 'app');
rmSync(out, { recursive: true, force: true });
mkdirSync(app, { recursive: true });

await build({
  entryPoints: [join(import.meta.dirname, 'measure.ts')],
  bundle: true,
  format: 'esm',
  platform: 'node',
  conditions: ['@facexformer/source'],
  external: ['onnxruntime-node', 'sharp'],
  outfile: join(app, 'measure.mjs'),
});
const require = createRequire(import.meta.url);
const ort = dirname(dirname(require.resolve('onnxruntime-node')));
const common = dirname(
  dirname(dirname(createRequire(join(ort, 'dist/index.js')).resolve('onnxruntime-common'))),
);
for (const part of ['package.json', 'dist', 'bin/napi-v6/linux/x64']) {
  cpSync(join(ort, part), join(app, 'node_modules/onnxruntime-node', part), { recursive: true });
}
for (const part of ['package.json', 'dist/cjs']) {
  cpSync(join(common, part), join(app, 'node_modules/onnxruntime-common', part), { recursive: true });
}
for (const file of ['bench/gpu/peer.py', 'bench/full-model/plain_export.py'])
  cpSync(join(root, file), join(app, file.split('/').at(-1)));
execFileSync('tar', ['czf', join(out, 'app.tar.gz'), '-C', app, '.']);
rmSync(app, { recursive: true });
await pipeline(
  createReadStream(process.execPath),
  createGzip({ level: 9 }),
  createWriteStream(join(out, 'node.gz')),
);
for (const name of ['app.tar.gz', 'node.gz'])
  console.log(`${name}: ${(statSync(join(out, name)).size / 2 ** 20).toFixed(1)} MiB`);
