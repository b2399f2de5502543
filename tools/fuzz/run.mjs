/**
 * The fuzzing campaign: `npm run fuzz -- --minutes 30` tries every target, two at a time, each in processes of its own.
 *
 *   --minutes N      length of the whole campaign, 2 by default
 *   --only a,b       these targets only
 *   --seed N         the random sequence, printed, today's by default; a finding names the seed and the input's number
 *   --write          writes the table for the docs, tools/fuzz/result.json
 *
 * A fault is an error without a type, a rejection that nobody handles, a process that dies, ten seconds at one input, or
 * memory that grows by more than 500 MB. Inputs that made one are kept in .cache/fuzz.
 */
import { fork } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { bundleTypeScript, importTypeScript } from '../../bench/typescript.mjs';

const HANG_MS = 10_000;
const GROWTH = 500e6;
const MOST_RESTARTS = 5;

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '2' },
    only: { type: 'string' },
    seed: { type: 'string', default: String(Math.floor(Date.now() / 86_400_000)) },
    write: { type: 'boolean', default: false },
  },
});
const minutes = Number(values.minutes);
const seed = Number(values.seed);
if (!(minutes > 0) || !Number.isInteger(seed)) {
  console.error('fuzz: --minutes must be a number above 0 and --seed a whole number');
  process.exit(2);
}

const root = join(import.meta.dirname, '../..');
const findings = join(root, '.cache/fuzz');
const child = await bundleTypeScript('tools/fuzz/child.ts');
const all = (await importTypeScript('tools/fuzz/targets.ts')).TARGETS;
const names = values.only?.split(',');
const targets = names ? all.filter(({ name }) => names.includes(name)) : all;
if (targets.length === 0 || targets.length < (names?.length ?? 0)) {
  console.error(`fuzz: the targets are ${all.map(({ name }) => name).join(', ')}`);
  process.exit(2);
}

const lanes = Math.min(2, cpus().length, targets.length);
const seconds = (minutes * 60 * lanes) / targets.length;
console.log(`fuzz: ${targets.length} targets, ${seconds.toFixed(0)} s each, seed ${seed}`);

/** One process; resolves with what it counted, and what ended it. */
const runChild = (name, first, length, folder) =>
  new Promise((resolve) => {
    const progress = join(folder, 'progress');
    const cwd = join(mkdtempSync(join(folder, 'around-')), 'work');
    mkdirSync(cwd);
    const started = fork(child, [name, seed, first, length, progress, findings], {
      cwd,
      env: { ...process.env, HOME: cwd, XDG_CACHE_HOME: join(cwd, 'cache') },
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    let counted;
    let last = '';
    let since = performance.now();
    let hung = false;
    let stderr = '';
    started.stderr.on('data', (piece) => {
      stderr = (stderr + piece).slice(-2000);
    });
    started.on('message', (message) => {
      counted = message;
    });
    const at = () => {
      try {
        return readFileSync(progress, 'utf8').trim();
      } catch {
        return '';
      }
    };
    const watch = setInterval(() => {
      const now = at();
      if (now !== last) since = performance.now();
      last = now;
      hung = now !== '' && performance.now() - since > HANG_MS;
      if (hung) started.kill('SIGKILL');
    }, 500);
    started.on('close', (code, signal) => {
      clearInterval(watch);
      rmSync(progress, { force: true });
      if (counted) return resolve(counted);
      const reached = Number(last || first);
      const end = hung
        ? `ten seconds at input ${reached}`
        : `ended by ${signal ?? code} at input ${reached}: ${stderr}`;
      resolve({
        accepted: 0,
        refused: 0,
        next: reached + 1,
        slowest: hung ? HANG_MS : 0,
        growth: 0,
        faults: [end],
        died: true,
      });
    });
  });

async function runTarget({ name, what }) {
  const folder = mkdtempSync(join(tmpdir(), `fuzz-${name}-`));
  const end = performance.now() + seconds * 1000;
  const sum = { name, what, inputs: 0, accepted: 0, refused: 0, slowestMs: 0, growthMB: 0, faults: [] };
  for (let first = 0, restarts = 0; restarts <= MOST_RESTARTS; restarts += 1) {
    const left = (end - performance.now()) / 1000;
    if (left < 1 && restarts > 0) break;
    const { accepted, refused, next, slowest, growth, faults, died } = await runChild(
      name,
      first,
      left,
      folder,
    );
    sum.inputs += next - first;
    sum.accepted += accepted;
    sum.refused += refused;
    sum.slowestMs = Math.max(sum.slowestMs, Math.round(slowest));
    sum.growthMB = Math.max(sum.growthMB, Math.round(growth / 1e6));
    sum.faults.push(...faults);
    if (growth > GROWTH) sum.faults.push(`memory grew by ${sum.growthMB} MB`);
    first = next;
    if (!died) break;
  }
  rmSync(folder, { recursive: true, force: true });
  const { inputs, accepted, refused, slowestMs, growthMB, faults } = sum;
  console.log(
    `${name.padEnd(16)} ${String(inputs).padStart(8)} inputs, ${accepted} taken, ${refused} refused, ` +
      `slowest ${slowestMs} ms, memory +${growthMB} MB, ${faults.length} faults`,
  );
  for (const fault of faults.slice(0, 3)) console.log(`  ${fault.split('\n').slice(0, 6).join('\n  ')}`);
  return sum;
}

mkdirSync(findings, { recursive: true });
const queue = [...targets];
const results = [];
const lane = async () => {
  for (let next = queue.shift(); next; next = queue.shift()) results.push(await runTarget(next));
};
await Promise.all(Array.from({ length: lanes }, lane));

const total = results.reduce((sum, { inputs }) => sum + inputs, 0);
const faults = results.reduce((sum, result) => sum + result.faults.length, 0);
console.log(`fuzz: ${total} inputs, ${faults} faults${faults > 0 ? ` (inputs in ${findings})` : ''}`);
if (values.write) {
  const rows = all.flatMap(({ name }) => results.filter((result) => result.name === name));
  const table = {
    command: `npm run fuzz -- --minutes ${minutes} --seed ${seed} --write`,
    node: process.versions.node,
    date: new Date().toISOString().slice(0, 10),
    targets: rows.map((row) => ({ ...row, faults: row.faults.length })),
  };
  writeFileSync(join(import.meta.dirname, 'result.json'), `${JSON.stringify(table, undefined, 2)}\n`);
}
process.exitCode = faults > 0 ? 1 : 0;
