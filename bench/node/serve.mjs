/**
 * `facexformer serve` (built) on loopback under 32 connections, photos of 512 and 2000 pixels: requests per second, p50,
 * p99, the delay of the event loop and the cores that the generator of the load takes from the server; beside
 * `analyzeMany` on the same cores, which has no such load, and a minimal server around @vladmandic/human. They alternate,
 * each in a process of its own; medians and ratios. Each answer is compared. A run is a number of photos, from the first
 * call to the last answer: about `seconds` of them, at least two for each connection. (One that ended with the clock would
 * throw away up to eight photos that the server is at work on.) Writes serve.json.
 *
 *     npm install --prefix .cache/bench-serve --ignore-scripts autocannon@9.0.0 @vladmandic/human@3.3.6 \
 *       @tensorflow/tfjs-core@4.22.0 @tensorflow/tfjs-converter@4.22.0 @tensorflow/tfjs-backend-wasm@4.22.0
 *     node bench/node/serve.mjs [rounds] [seconds] [workers] [checkpoint]
 *     node bench/node/serve.mjs memory [requests] [workers]
 */
import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { cpu, load, median } from '../machine.mjs';
import { currentCommit } from './revision.mjs';

const root = join(import.meta.dirname, '../..');
const modules = join(root, '.cache/bench-serve/node_modules');
const autocannon = createRequire(join(modules, 'index.js'))('autocannon');
const sharp = createRequire(join(root, 'packages/runtime-node/package.json'))('sharp');
const CONNECTIONS = 32;
const SIZES = [512, 2000];
const running = [];

/** A JPEG of the astronaut in a size. */
const photoOf = (size) =>
  sharp(join(root, 'fixtures/astronaut.png')).resize(size).jpeg({ quality: 92 }).toBuffer();

/** Starts a server that says on standard error where it listens. */
async function start(...args) {
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'ignore', 'pipe'] });
  running.push(child);
  let text = '';
  for await (const piece of child.stderr.iterator({ destroyOnReturn: false })) {
    text += piece;
    const [, url] = /listening on (\S+) /.exec(text) ?? [];
    if (url) return child.stderr.resume() && url;
  }
  throw new Error(`${args[0]} did not start: ${text}`);
}

const metric = async (url, name) => {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(new RegExp(`^${name} (\\S+)`, 'm').exec(text)[1]);
};
const lag = (url) => metric(url, 'nodejs_eventloop_lag_p99_seconds'); // of the time since it was last asked for

/** Whether two answers are the same: a face's batch moves its numbers a little, and cells on the borders of a class map. */
function agree(a, b, name) {
  if (name === 'labels') return true;
  if (typeof a === 'number') return Math.abs(a - b) <= 1e-4 * Math.max(1, Math.abs(a));
  if (typeof a !== 'object' || a === null) return a === b;
  return Object.keys(a).every((key) => agree(a[key], b?.[key], key));
}

/** Calls a server; `wrong` counts what was lost, and other answers than the first. */
async function callServer(url, photo, amount) {
  const headers = { 'content-type': 'image/jpeg' };
  const ask = async () => (await fetch(`${url}/analyze`, { method: 'POST', headers, body: photo })).text();
  const first = await ask();
  const verifyBody = (body) => agree(JSON.parse(first), JSON.parse(body));
  await lag(url);
  const used = process.cpuUsage();
  const begun = performance.now();
  let ended = begun;
  const running = autocannon({
    url: `${url}/analyze`,
    method: 'POST',
    ...{ headers, body: photo, connections: CONNECTIONS, timeout: 120, verifyBody, amount },
  });
  running.on('response', () => {
    ended = performance.now(); // its own duration is of whole seconds
  });
  const result = await running;
  const taken = (ended - begun) / 1000;
  const { errors, timeouts, mismatches, non2xx, latency, requests } = result;
  const wrong = errors + timeouts + mismatches + non2xx;
  const perSecond = requests.total / taken;
  const { user, system } = process.cpuUsage(used);
  const generator = (user + system) / 1e6 / taken;
  const delay = (await lag(url)) * 1000;
  return { perSecond, p50: latency.p50, p99: latency.p99, delay, generator, wrong, faces: first };
}

/** Has the process analyse as many photos. */
async function callMany(many, photo, count) {
  many.send({ photo: photo.toString('base64'), count });
  return (await once(many, 'message'))[0];
}

const stop = () => {
  for (const child of running) child.kill();
};
const short = (value) => Number(value.toPrecision(3));

async function compare(rounds, seconds, workers, checkpoint) {
  const serveArgs = ['packages/cli/dist/cli.js', 'serve', '--port', '0', '--workers', String(workers)];
  if (checkpoint) serveArgs.push('--checkpoint', checkpoint);
  const url = await start(...serveArgs);
  const hasHuman = existsSync(join(modules, '@vladmandic/human'));
  const human = hasHuman && (await start(join(import.meta.dirname, 'serve-human.mjs'), modules));
  const many = fork(join(import.meta.dirname, 'serve-many.mjs'), [
    checkpoint ?? '',
    JSON.stringify({ workers }),
  ]);
  running.push(many);
  await once(many, 'message');

  const report = {};
  for (const size of SIZES) {
    const photo = await photoOf(size);
    const contenders = {
      serve: (count) => callServer(url, photo, count),
      many: (count) => callMany(many, photo, count),
      ...(human && { human: (count) => callServer(human, photo, count) }),
    };
    const counts = {};
    for (const [name, run] of Object.entries(contenders)) {
      const { perSecond } = await run(CONNECTIONS);
      counts[name] = Math.max(2 * CONNECTIONS, Math.round(perSecond * seconds));
    }
    const runs = { serve: [], many: [], human: [] };
    for (let round = 0; round < rounds; round += 1) {
      for (const [name, run] of Object.entries(contenders)) runs[name].push(await run(counts[name]));
      const [serve, analyzeMany] = [runs.serve.at(-1), runs.many.at(-1)];
      const { faces } = JSON.parse(serve.faces);
      if (JSON.stringify(faces) !== analyzeMany.faces) {
        throw new Error('serve and analyzeMany answer differently');
      }
      console.log(`${size} px, round ${round}:`, serve.perSecond, analyzeMany.perSecond);
    }
    const middle = (list) =>
      Object.fromEntries(
        ['perSecond', 'p50', 'p99', 'delay', 'generator'].map((key) => [
          key,
          short(median(list.map((run) => run[key]))),
        ]),
      );
    const ratios = (other) => short(median(runs.serve.map((run, i) => run.perSecond / other[i].perSecond)));
    report[`${size} px`] = {
      serve: { ...middle(runs.serve), wrong: runs.serve.reduce((sum, { wrong }) => sum + wrong, 0) },
      analyzeMany: { perSecond: short(median(runs.many.map(({ perSecond }) => perSecond))) },
      ...(human && { human: middle(runs.human) }),
      ratios: {
        'serve / analyzeMany': ratios(runs.many),
        ...(human && { 'serve / human': ratios(runs.human) }),
      },
    };
  }
  return { rounds, seconds, workers, model: checkpoint ?? 'mini', ...report };
}

/** Memory of the server in MiB after every tenth of the requests. */
async function memory(requests, workers) {
  const url = await start('packages/cli/dist/cli.js', 'serve', '--port', '0', '--workers', String(workers));
  const photo = await photoOf(512);
  const mebibytes = [];
  let wrong = 0;
  for (let part = 0; part < 10; part += 1) {
    wrong += (await callServer(url, photo, Math.ceil(requests / 10))).wrong;
    mebibytes.push(Math.round((await metric(url, 'process_resident_memory_bytes')) / 2 ** 20));
    console.log(`${mebibytes.at(-1)} MiB`);
  }
  return { requests, workers, wrong, mebibytes };
}

const isMemory = process.argv[2] === 'memory';
const args = process.argv.slice(isMemory ? 3 : 2);
const before = load();
try {
  const result = isMemory
    ? await memory(Number(args[0] ?? 10_000), Number(args[1] ?? 2))
    : await compare(Number(args[0] ?? 3), Number(args[1] ?? 10), Number(args[2] ?? 2), args[3]);
  const report = {
    command: ['node bench/node/serve.mjs', ...process.argv.slice(2)].join(' '),
    date: new Date().toISOString().slice(0, 10),
    commit: currentCommit(),
    cpu,
    connections: CONNECTIONS,
    load: [before, load()],
    ...result,
  };
  const file = isMemory ? 'serve-memory.json' : args[3] ? 'serve-full.json' : 'serve.json';
  writeFileSync(join(import.meta.dirname, file), `${JSON.stringify(report, null, 2)}\n`);
  console.log(JSON.stringify(report, null, 2));
} finally {
  stop();
}
