/**
 * Calls that fail, again and again: `node tools/campaigns/failures.mjs --times 10000` makes every documented failure so
 * often and counts what stays: descriptors, memory, rejections that nobody handles. With `--nodes 20,22,24,26` it runs
 * itself on those versions, which npm brings into .cache/nodes.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const root = join(import.meta.dirname, '../..');
const GROWTH_MB = 100;

const { values } = parseArgs({
  options: { times: { type: 'string', default: '10000' }, nodes: { type: 'string' } },
});

/** The binary of a version, from npm's package of that name. */
function nodeOf(version) {
  const folder = join(root, '.cache/nodes', version);
  const binary = join(folder, 'node_modules/node/bin/node');
  if (!existsSync(binary)) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), '{}');
    execFileSync('npm', ['install', '--no-audit', '--no-fund', `node@${version}`], {
      cwd: folder,
      stdio: 'ignore',
    });
  }
  return binary;
}

if (values.nodes) {
  const codes = values.nodes
    .split(',')
    .map((version) =>
      spawnSync(nodeOf(version), ['--expose-gc', import.meta.filename, '--times', values.times], {
        stdio: 'inherit',
      }),
    )
    .map(({ status }) => status);
  process.exit(codes.every((status) => status === 0) ? 0 : 1);
}

const core = await import('@facexformer/core');
const { bytesSource, createAnalyzer, openCheckpoint, openPluginCheckpoint, FaceXFormerError } = core;
const { fileSource, nodeRuntime } = await import('@facexformer/runtime-node');
const { writeFile, lockFile } = await import('@facexformer/files');
const { photosOfTable, readFaces } = await import('@facexformer/data');
const { age } = await import('@facexformer/tasks');

const folder = mkdtempSync(join(tmpdir(), 'failures-'));
const at = (name) => join(folder, name);
writeFileSync(at('text'), 'no model, no photo');
writeFileSync(at('table.csv'), 'image\n\n"');
symlinkSync(at('absent'), at('dangling'));
mkdirSync(at('faces/set'), { recursive: true });
writeFileSync(at('faces/set/train.jsonl'), '{"image":"a.png","shard":"../x.tar"}\n');

const runtime = nodeRuntime({ device: 'cpu', threads: 1, maxPixels: 1e4 });
const model = join(root, 'packages/model-mini/weights/mini.safetensors');
const open = async () => openCheckpoint(await fileSource(model));
const analyzer = await createAnalyzer({ runtime, checkpoint: await open(), tasks: [age()] });
const gone = await createAnalyzer({ runtime, checkpoint: await open(), tasks: [age()] });
await gone.dispose();
const photo = { width: 8, height: 8, data: new Uint8Array(192) };
const aborted = AbortSignal.abort();
const drain = async (items) => {
  for await (const _ of items);
};

/** Each documented failure: its code and a call that ends in it. */
const FAILURES = [
  ['BAD_CHECKPOINT', async () => openCheckpoint(await fileSource(at('text')))],
  ['NOT_FOUND', () => fileSource(at('dangling'))],
  ['BAD_CHECKPOINT', async () => openPluginCheckpoint(await fileSource(at('text')))],
  ['BAD_CHECKPOINT', () => openCheckpoint(bytesSource(new Uint8Array(64)))],
  [
    'UNKNOWN_TASK',
    async () => createAnalyzer({ runtime, checkpoint: await open(), tasks: [{ ...age(), name: 'aeg' }] }),
  ],
  [
    'DUPLICATE_TASK',
    async () => createAnalyzer({ runtime, checkpoint: await open(), tasks: [age(), age()] }),
  ],
  ['BAD_IMAGE', () => runtime.decode(at('text'))],
  ['NOT_FOUND', () => runtime.decode(at('absent'))],
  ['BAD_IMAGE', () => runtime.decode(new Uint8Array(100))],
  ['BAD_IMAGE', () => analyzer.analyze({ ...photo, data: new Uint8Array(3) })],
  ['BAD_OPTION', () => analyzer.analyze(photo, { boxes: [{ x: 0, y: 0, width: -1, height: 1 }] })],
  ['UNKNOWN_TASK', () => analyzer.analyze(photo, { only: ['gender'] })],
  ['ABORTED', () => analyzer.analyze(photo, { signal: aborted })],
  ['ABORTED', () => drain(analyzer.analyzeMany([photo], { signal: aborted }))],
  ['DISPOSED', () => gone.analyze(photo)],
  ['WRITE_FAILED', () => writeFile(join(folder, 'text', 'x'), 'below a file')],
  ['BAD_OPTION', () => writeFile(at('text'), 'x', { inputs: [at('text')] })],
  ['LOCKED', () => lockFile(at('locked'))],
  ['BAD_OPTION', () => drain(photosOfTable(at('table.csv')))],
  ['BAD_OPTION', () => readFaces(at('faces'), 'train')],
  ['NOT_FOUND', () => readFaces(at('absent'), 'train')],
];
const lock = await lockFile(at('locked'));

let unhandled = 0;
process.on('unhandledRejection', () => {
  unhandled += 1;
});
const descriptors = () => readdirSync('/proc/self/fd').length;
const settle = async () => {
  for (let i = 0; i < 5; i += 1) {
    globalThis.gc?.();
    await new Promise((resolve) => setImmediate(resolve));
  }
};

const times = Number(values.times);
const wrong = [];
let open0 = 0;
let memory0 = 0;
// Opening a model is slow: failures that need one share the calls of the others in a ratio of one to twenty.
const isSlow = ([code]) => code === 'UNKNOWN_TASK' || code === 'DUPLICATE_TASK';
const rare = FAILURES.filter(isSlow);
for (let i = 0; i < times; i += 1) {
  for (const [code, call] of i % 20 === 0
    ? FAILURES
    : FAILURES.filter((failure) => !rare.includes(failure))) {
    try {
      await call();
      wrong.push(`${call} succeeded`);
    } catch (error) {
      if (!FaceXFormerError.isInstance(error, code))
        wrong.push(`${call}: ${error?.code ?? error}, not ${code}`);
    }
  }
  if (wrong.length > 10) break;
  if (i === Math.floor(times / 10)) {
    await settle();
    open0 = descriptors();
    memory0 = process.memoryUsage.rss();
  }
}
await settle();
const grown = { descriptors: descriptors() - open0, memory: (process.memoryUsage.rss() - memory0) / 1e6 };
await lock[Symbol.asyncDispose]();
await analyzer.dispose();
rmSync(folder, { recursive: true });
console.log(
  `Node ${process.versions.node}: ${FAILURES.length} failures, each ${times} times (those that open a model ${Math.ceil(times / 20)}): ` +
    `descriptors ${grown.descriptors >= 0 ? '+' : ''}${grown.descriptors}, memory ${grown.memory.toFixed(0)} MB, ${unhandled} unhandled, ${wrong.length} wrong`,
);
for (const line of wrong.slice(0, 5)) console.log(`  ${line}`);
process.exitCode =
  grown.descriptors > 2 || grown.memory > GROWTH_MB || unhandled > 0 || wrong.length > 0 ? 1 : 0;
