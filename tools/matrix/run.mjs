/**
 * The packed packages in every runtime, bundler, test runner and framework that is supported, each really run.
 * `node tools/matrix/run.mjs` runs all and writes bench/matrix.json, which the documentation shows; names of cells or groups,
 * such as `bun bundlers`, run those. Needs `npm run build`; frameworks come from npm and are kept.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundlers } from './cells/bundlers.mjs';
import { runtimes } from './cells/runtimes.mjs';
import { servers } from './cells/servers.mjs';
import { tests } from './cells/tests.mjs';
import { types } from './cells/types.mjs';

const table = join(import.meta.dirname, '../../bench/matrix.json');
const cells = [...runtimes, ...bundlers, ...tests, ...servers, ...types];

/** What fits the test command. */
const QUICK = ['esbuild-cjs', 'jest-cjs', 'webpack-node'];

const asked = process.argv.slice(2).flatMap((name) => (name === 'quick' ? QUICK : name));
const chosen = asked.length
  ? cells.filter(({ name, group }) => asked.includes(name) || asked.includes(group.toLowerCase()))
  : cells;
if (chosen.length === 0) {
  console.error(`matrix: no cell ${asked.join(', ')}; there are ${cells.map(({ name }) => name).join(', ')}`);
  process.exit(2);
}

const results = new Map(readTable().map((row) => [row.name, row]));
for (const { name, title, group, guide, run } of chosen) {
  const begun = performance.now();
  const outcome = await run().then(
    (note) => ({ works: true, ...(note && { note }) }),
    (error) => ({ works: false, reason: error.message.trim() }),
  );
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  console.log(`matrix: ${name}: ${outcome.works ? (outcome.note ?? 'works') : 'FAILS'} (${seconds} s)`);
  if (!outcome.works) {
    console.error(outcome.reason.slice(-4000));
    process.exitCode = 1;
  }
  results.set(name, { name, title, group, ...(guide && { guide }), works: outcome.works });
}
if (process.argv[2] !== 'quick') {
  const rows = cells.flatMap(({ name }) => results.get(name) ?? []);
  const command = 'node tools/matrix/run.mjs';
  const date = new Date().toISOString().slice(0, 10);
  writeFileSync(table, `${JSON.stringify({ command, date, rows }, undefined, 2)}\n`);
}

function readTable() {
  try {
    return JSON.parse(readFileSync(table, 'utf8')).rows;
  } catch {
    return [];
  }
}
