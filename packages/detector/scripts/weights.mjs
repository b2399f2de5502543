/**
 * Writes `generated/weights.js` from the BlazeFace full-range model in `@mediapipe/face_detection`: half-precision
 * values, convolution kernels as [out, in, h, w]. Run by `npm run weights`; does nothing when the file is up to date.
 */
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readTflite } from './tflite.mjs';

const SHA256 = '99bf9494d84f50acc6617d89873f71bf6635a841ea699c17cb3377f9507cfec3';

const folder = dirname(createRequire(import.meta.url).resolve('@mediapipe/face_detection/package.json'));
const model = await readFile(join(folder, 'face_detection_full_range.tflite'));
const hash = createHash('sha256').update(model).digest('hex');
if (hash !== SHA256)
  throw new Error(`face_detection_full_range.tflite has SHA-256 ${hash}, expected ${SHA256}`);

const target = join(dirname(fileURLToPath(import.meta.url)), '../generated/weights.js');
const content = weightsModule(readTflite(model));
const existing = await readFile(target, 'utf8').catch(() => '');
if (existing !== content) await writeFile(target, content);

function weightsModule(tensors) {
  const parts = [];
  const entries = [];
  let offset = 0;
  for (const [name, { type, shape, data }] of tensors) {
    const [, layer, kind] = /^(.*)\/(Kernel|Bias)$/.exec(name) ?? [];
    if (!layer) continue;
    if (type !== 'float16') throw new Error(`${name} is ${type}, expected float16`);
    // In a copy: the file does not align its data.
    const values = new Uint16Array(new Uint8Array(data).buffer);
    const stored = kind === 'Bias' ? values : channelsFirst(values, shape);
    entries.push([`${layer}.${kind === 'Bias' ? 'bias' : 'weight'}`, { offset, length: stored.length }]);
    parts.push(new Uint8Array(stored.buffer));
    offset += stored.length;
  }
  const data = Buffer.concat(parts).toString('base64');
  return `// BlazeFace full-range, (c) Google LLC, Apache-2.0; see NOTICE. Written by scripts/weights.mjs.
export const tensors = ${JSON.stringify(Object.fromEntries(entries))};
export const data = '${data}';
`;
}

/** [a, h, w, b] -> [a, b, h, w], or for a depthwise kernel [1, h, w, c] -> [c, 1, h, w]: the same move. */
function channelsFirst(values, [, h, w, b]) {
  const moved = new Uint16Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const channel = i % b;
    const pixel = Math.floor(i / b) % (h * w);
    const outer = Math.floor(i / (b * h * w));
    moved[(outer * b + channel) * h * w + pixel] = values[i];
  }
  return moved;
}
