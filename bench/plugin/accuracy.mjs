/**
 * Eyeglasses, three ways, on photos that none of them was fitted on: a plug-in token trained by `trainTask`, a linear
 * probe (logistic regression) on pooled backbone features, and the base's own attribute head. Balanced accuracy with
 * its 95 % interval (stratified bootstrap), and the wall and CPU time from photos to checkpoint.
 *
 * usage: node bench/plugin/accuracy.mjs <folder of photos.mjs> [model.safetensors] [threads, 2]
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cpu, load } from '../machine.mjs';
import { importTypeScript } from '../typescript.mjs';

const [folder, model = 'packages/model-mini/weights/mini.safetensors', threads = '2'] = process.argv.slice(2);
if (!folder) {
  console.error('usage: node bench/plugin/accuracy.mjs <folder> [model.safetensors] [threads]');
  process.exit(2);
}
const { compare } = await importTypeScript('bench/plugin/compare.ts');
const cache = mkdtempSync(join(tmpdir(), 'features-'));
const loadBefore = load();
const result = await compare({ folder, model, threads: Number(threads), cache });
rmSync(cache, { recursive: true });
const report = {
  command:
    'node bench/plugin/photos.mjs ../shared/faces /tmp/glasses && node bench/plugin/accuracy.mjs /tmp/glasses',
  date: new Date().toISOString().slice(0, 10),
  cpu: `${cpu}, load before the run ${loadBefore}`,
  ...result,
};
writeFileSync(join(import.meta.dirname, 'accuracy.json'), `${JSON.stringify(report, null, 2)}\n`);
console.log(JSON.stringify(report, null, 2));
