/**
 * The commands that write, each on inputs made for it: what the campaigns kill, starve and repeat. A scene has the
 * arguments of its command, the files that must be whole afterwards, and a server where it needs one.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { importTypeScript } from '../../bench/typescript.mjs';

const root = join(import.meta.dirname, '../..');
const CLI = join(root, 'packages/cli/dist/cli.js');

const { plain, writeTinyFaces } = await importTypeScript('packages/test-utils/src/tiny-faces.ts');

/** Starts the command line in a folder; `ended` gives its exit code, signal and last words. */
export function start(args, cwd, env = {}) {
  const child = spawn(process.execPath, [CLI, ...args], {
    cwd,
    env: { ...process.env, XDG_CACHE_HOME: join(cwd, 'home'), ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let err = '';
  child.stderr.on('data', (piece) => {
    err = (err + piece).slice(-4000);
  });
  const ended = new Promise((resolve) => {
    child.on('close', (code, signal) => resolve({ code, signal, err }));
  });
  return { child, ended };
}

/** Answers ranges of one file on loopback, slowly enough to be interrupted. */
async function serveFile(path) {
  const { size } = statSync(path);
  const server = createServer((request, response) => {
    const from = Number(/bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0);
    response.writeHead(from > 0 ? 206 : 200, {
      'content-length': size - from,
      'accept-ranges': 'bytes',
      ...(from > 0 && { 'content-range': `bytes ${from}-${size - 1}/${size}` }),
    });
    createReadStream(path, { start: from, highWaterMark: 16_384 }).pipe(response);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
}

const COLORS = ['#c96', '#69c', '#9c6', '#333', '#eee', '#f00', '#0f0', '#00f'];

/** Inputs of all scenes, made once. */
export async function makeInputs(folder) {
  const at = (...parts) => join(folder, ...parts);
  for (const [i, color] of COLORS.entries()) {
    const photo = await plain(48 + i, 64, color);
    for (const place of ['photos', `labelled/${i % 2 ? 'light' : 'dark'}`]) {
      mkdirSync(at(place), { recursive: true });
      writeFileSync(at(place, `${i}.png`), photo);
    }
  }
  for (const split of ['train', 'val']) await writeTinyFaces(at('faces'), split);
  const recipe = JSON.parse(readFileSync(join(root, 'training/mini.json'), 'utf8'));
  const { family, ...backbone } = {
    ...recipe.model.backbone,
    stem: 4,
    widths: [8, 8, 8, 8],
    depths: [1, 1, 1, 1],
  };
  const tiny = {
    ...recipe,
    model: {
      ...recipe.model,
      backbone: { family, ...backbone, expand: 0 },
      decoder: { dim: 16, heads: 2, mlpDim: 16, depth: 1 },
    },
    batch: { celebamask: 2, utkface: 2 },
    phases: [
      { size: 32, until: 0.5 },
      { size: 64, until: 1 },
    ],
    length: { steps: 12 },
  };
  writeFileSync(at('recipe.json'), JSON.stringify(tiny));
  const big = Buffer.alloc(8e6, 'facexformer');
  writeFileSync(at('big.bin'), big);
  const sha256 = createHash('sha256').update(big).digest('hex');
  const { url, close } = await serveFile(at('big.bin'));
  return { folder, url, sha256, close };
}

const MODEL = join(root, 'packages/model-mini/weights/mini.safetensors');

/** Each command that writes; `args` for an output folder, `outputs` in it, and whether it goes on where it stopped. */
export const scenes = ({ folder, url, sha256 }) => {
  const at = (name) => join(folder, name);
  return [
    {
      name: 'pull',
      args: (out) => [
        'pull',
        'facexformer-official',
        '--url',
        url,
        '--sha256',
        sha256,
        '--out',
        join(out, 'big.bin'),
      ],
      outputs: ['big.bin'],
    },
    {
      name: 'convert',
      args: (out) => ['convert', MODEL, '--out', join(out, 'model.safetensors')],
      outputs: ['model.safetensors'],
    },
    {
      name: 'export',
      args: (out) => ['export', '--checkpoint', MODEL, '--out', join(out, 'model.onnx')],
      outputs: ['model.onnx'],
    },
    {
      name: 'analyze',
      args: (out, again) => [
        ...['analyze', at('photos'), '--no-detect', '--out', join(out, 'faces.jsonl')],
        ...(again ? ['--resume'] : []),
      ],
      outputs: ['faces.jsonl'],
      grows: true,
    },
    {
      name: 'overlay',
      args: (out) => [
        'analyze',
        join(at('photos'), '0.png'),
        '--no-detect',
        '--overlay',
        join(out, 'overlay.png'),
      ],
      outputs: ['overlay.png'],
    },
    {
      name: 'eval',
      args: (out) => [
        'eval',
        '--faces',
        at('faces'),
        '--split',
        'val',
        '--framing',
        'fixed',
        '--out',
        join(out, 'report'),
      ],
      outputs: ['report/report.md'],
    },
    {
      name: 'train',
      args: (out) => [
        'train',
        at('recipe.json'),
        '--faces',
        at('faces'),
        '--out',
        join(out, 'run'),
        '--threads',
        '1',
      ],
      outputs: ['run/model.safetensors'],
      grows: true,
    },
    {
      name: 'train-task',
      args: (out) => [
        ...['train-task', at('labelled'), '--name', 'light', '--no-detect', '--epochs', '3', '--batch', '4'],
        ...['--cache', join(out, 'cache'), '--threads', '1', '--out', join(out, 'light.safetensors')],
      ],
      outputs: ['light.safetensors'],
    },
  ];
};
