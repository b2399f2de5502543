/**
 * The queue on this machine, with the built command and a Redis of its own (redis-server has to be installed):
 *
 *   node bench/node/queue.mjs speed [photos] [rounds]   one worker on one core, and two on their own cores, in turn
 *   node bench/node/queue.mjs kill [photos]             a worker killed with -9 and Redis restarted in the middle
 *   node bench/node/queue.mjs lines [lines]             the same few photos through the queue and through analyze: memory
 *   node bench/node/queue.mjs redis [photos]            what Redis keeps of a photo, in bytes; nothing is analysed
 */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';

const root = join(import.meta.dirname, '../..');
const cli = join(root, 'packages/cli/dist/cli.js');
const { openQueue, openWorker } = await import(join(root, 'packages/queue/dist/index.js'));
const sharp = createRequire(join(root, 'packages/runtime-node/package.json'))('sharp');
const folder = mkdtempSync(join(tmpdir(), 'queue-bench-'));
const at = (name) => join(folder, name);
const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const running = new Set();

/** Starts a process that ends with this one. */
function start(command, args, options = {}) {
  const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'], ...options });
  running.add(child);
  child.once('exit', () => running.delete(child));
  return child;
}

async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  return port;
}

const port = await freePort();
const redis = `redis://127.0.0.1:${port}`;

async function startRedis() {
  const args =
    `--port ${port} --bind 127.0.0.1 --dir ${folder} --appendonly yes --hash-max-listpack-value 1024`.split(
      ' ',
    );
  const child = start('redis-server', [...args, '--save', ''], { stdio: ['ignore', 'pipe', 'ignore'] });
  for await (const line of createInterface({ input: child.stdout }))
    if (line.includes('Ready to accept')) break;
  child.stdout.resume();
  return child;
}

async function stop(child, signal = 'SIGTERM') {
  const exit = once(child, 'exit');
  child.kill(signal);
  await exit;
}

/** A worker that takes photos by now; on one core if it is given. */
async function startWorker(out, core, ...options) {
  const args = [cli, 'work', '--redis', redis, '--out', out, '--threads', '1', '--device', 'cpu', ...options];
  const pinned =
    core === undefined
      ? [process.execPath, ...args]
      : ['taskset', '-c', String(core), process.execPath, ...args];
  const child = start(pinned[0], pinned.slice(1));
  for await (const line of createInterface({ input: child.stderr }))
    if (line.startsWith('takes photos')) break;
  child.stderr.resume();
  return child;
}

/** Photos as requests; `small` ones take little time each. */
async function* requests(count, small = false) {
  const photos = [];
  for (const size of small ? [64, 96] : [256, 320, 384]) {
    const path = at(`${size}.jpg`);
    await sharp(join(root, 'fixtures/astronaut.png')).resize(size).jpeg().toFile(path);
    photos.push(path);
  }
  for (let id = 0; id < count; id += 1) yield { photo: photos[id % photos.length], id };
}

/** Waits until the queue has settled `count` photos; `look` sees the counts each time. */
async function settled(queue, count, look = () => undefined) {
  for (;;) {
    const { done, dead } = await queue.counts();
    await look(done + dead);
    if (done + dead >= count) return;
    await setTimeout(50);
  }
}

/** Every key of the merged results, by the command that users have. */
async function mergedIds(out) {
  const merge = start(process.execPath, [cli, 'queue', 'merge', out, '--out', at('all.jsonl')]);
  const [said] = await once(merge.stderr, 'data');
  await once(merge, 'exit');
  const ids = [];
  for await (const line of createInterface({ input: createReadStream(at('all.jsonl')) }))
    ids.push(JSON.parse(line).id);
  return { said: String(said).trim(), ids };
}

const isOnce = (ids, count) => ids.length === count && new Set(ids).size === count;

const MODES = {
  async speed(count = 2000, rounds = 1) {
    const server = await startRedis();
    const rates = { one: [], two: [] };
    for (let round = 0; round < rounds; round += 1) {
      for (const [name, cores] of [
        ['one', [0]],
        ['two', [0, 1]],
      ]) {
        const queue = await openQueue({ redis });
        const out = at(`speed-${round}-${name}`);
        const workers = await Promise.all(cores.map((core) => startWorker(out, core)));
        const begun = performance.now();
        await queue.add(requests(count));
        await settled(queue, count);
        const rate = (count / (performance.now() - begun)) * 1000;
        rates[name].push(rate);
        console.log(`  ${name}: ${rate.toFixed(1)} photos/s`);
        await Promise.all(workers.map((worker) => stop(worker)));
        if (!isOnce((await mergedIds(out)).ids, count)) throw new Error('photos are missing or there twice');
        await queue.clear();
        await queue.close();
      }
    }
    await stop(server);
    const [one, two] = [median(rates.one), median(rates.two)];
    return {
      photos: count,
      rounds,
      cores: cpus().length,
      one: +one.toFixed(1),
      two: +two.toFixed(1),
      ratio: +(two / one).toFixed(2),
    };
  },

  async kill(count = 2000) {
    let server = await startRedis();
    const queue = await openQueue({ redis });
    writeFileSync(at('poison.jpg'), 'broken');
    await queue.add([{ photo: at('poison.jpg') }]);
    await queue.add(requests(count));
    const out = at('kill');
    const options = ['--lease', '5'];
    const workers = [await startWorker(out, 0, ...options), await startWorker(out, 1, ...options)];
    const restart = async () => {
      await stop(server);
      server = await startRedis();
    };
    const replace = async () => {
      workers[0] = await startWorker(out, 0, ...options);
    };
    const todo = [
      [count / 4, () => stop(workers[0], 'SIGKILL')],
      [count / 3, replace],
      [count / 2, restart],
    ];
    await settled(queue, count + 1, async (done) => {
      if (todo.length > 0 && done >= todo[0][0]) await todo.shift()[1]();
    });
    await Promise.all(workers.map((worker) => stop(worker)));
    const { said, ids } = await mergedIds(out);
    const dead = [];
    for await (const { photo } of queue.dead()) dead.push(photo);
    const counts = await queue.counts();
    await queue.close();
    await stop(server);
    const poisonIsDead = dead.length === 1 && dead[0] === at('poison.jpg');
    return { photos: count, everyResultOnce: isOnce(ids, count), poisonIsDead, merged: said, counts };
  },

  async lines(count = 100_000) {
    const server = await startRedis();
    const memory = {};
    const queue = await openQueue({ redis });
    const list = at('list.jsonl');
    const paths = at('paths.txt');
    const all = [];
    for await (const request of requests(count, true)) all.push(request);
    writeFileSync(list, all.map((request) => `${JSON.stringify(request)}\n`).join(''));
    writeFileSync(paths, all.map(({ photo }) => `${photo}\n`).join(''));

    const enqueue = start(process.execPath, [cli, 'enqueue', '--redis', redis, '--list', list]);
    memory.enqueueMB = await follow(enqueue, once(enqueue, 'exit'));
    const out = at('lines');
    const worker = await startWorker(out, undefined, '--no-detect', '--tasks', 'age');
    const redisMemory = follow(server, settled(queue, count));
    memory.workMB = await follow(worker, settled(queue, count));
    memory.redisMB = await redisMemory;
    await stop(worker);
    const { ids } = await mergedIds(out);

    const options = ['--no-detect', '--tasks', 'age', '--threads', '1', '--device', 'cpu'];
    const analyze = start(process.execPath, [
      cli,
      'analyze',
      '--list',
      paths,
      '--out',
      at('lines.jsonl'),
      ...options,
    ]);
    analyze.stderr.resume();
    memory.analyzeMB = await follow(analyze, once(analyze, 'exit'));
    await queue.close();
    let lines = 0;
    for await (const _ of createInterface({ input: createReadStream(at('lines.jsonl')) })) lines += 1;
    await stop(server);
    return { lines: count, queueOnce: isOnce(ids, count), analyzeOnce: lines === count, ...memory };
  },

  async redis(count = 20_000) {
    const server = await startRedis();
    const used = () => {
      const info = execFileSync('redis-cli', ['-p', String(port), 'info', 'memory'], { encoding: 'utf8' });
      return Number(/used_memory:(\d+)/.exec(info)[1]);
    };
    const queue = await openQueue({ redis });
    const before = used();
    const name = (i) => `/srv/photos/2026/holiday/${String(i).padStart(11, '0')}.jpg`;
    await queue.add(Array.from({ length: count }, (_, i) => name(i)));
    const waiting = used();
    async function* analyzeMany([item]) {
      yield { index: 0, item, pixels: { width: 1, height: 1 }, faces: [] };
    }
    const analyzer = { device: 'cpu', provenance: { name: 'none', trained: true }, analyzeMany };
    const worker = await openWorker({ redis, analyzer, sink: { write: async () => undefined } });
    await settled(queue, count);
    await worker.close();
    const done = used();
    await queue.close();
    await stop(server);
    const bytes = (now) => Math.round((now - before) / count);
    return { photos: count, bytesWaiting: bytes(waiting), bytesDone: bytes(done) };
  },
};

/** Resident memory of a process in MB at a tenth, a quarter, half, three quarters and the end of some work. */
async function follow({ pid }, work) {
  const samples = [];
  let isOver = false;
  const over = work.then(() => {
    isOver = true;
  });
  while (!isOver) {
    try {
      samples.push(
        Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024,
      );
    } catch {} // it has ended
    await Promise.race([over, setTimeout(200)]);
  }
  const seen = samples.filter((sample) => sample > 0);
  return [0.1, 0.25, 0.5, 0.75, 1].map((share) => Math.round(seen[Math.ceil(share * seen.length) - 1] ?? 0));
}

const [mode = 'speed', ...numbers] = process.argv.slice(2);
try {
  console.log(JSON.stringify({ mode, ...(await MODES[mode](...numbers.map(Number))) }));
} finally {
  for (const child of running) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
