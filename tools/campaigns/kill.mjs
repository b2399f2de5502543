/**
 * kill -9 at random moments: `node tools/campaigns/kill.mjs --times 50` starts each command that writes so often, kills
 * it, and checks that an output which is there is whole: the very bytes of a run that nobody disturbed. Commands that
 * go on where they stopped are continued to their end, which must be the same too.
 */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { makeInputs, scenes, start } from './scenes.mjs';

const { values } = parseArgs({
  options: { times: { type: 'string', default: '50' }, only: { type: 'string' } },
});
const times = Number(values.times);
const home = mkdtempSync(join(tmpdir(), 'kill-campaign-'));
const inputs = await makeInputs(home);
const wanted = values.only?.split(',');
let failed = false;

for (const { name, args, outputs, grows = false } of scenes(inputs)) {
  if (wanted && !wanted.includes(name)) continue;
  const folder = (part) => {
    const path = join(home, name, part);
    mkdirSync(path, { recursive: true });
    return path;
  };
  const read = (out) =>
    outputs.map((file) => (existsSync(join(out, file)) ? readFileSync(join(out, file)) : undefined));
  const whole = folder('whole');
  const begun = performance.now();
  const first = await start(args(whole, false), home).ended;
  const length = performance.now() - begun;
  if (first.code !== 0) throw new Error(`${name} fails undisturbed: ${first.err}`);
  const expected = read(whole);
  const isWhole = (out) => read(out).every((bytes, i) => bytes?.equals(expected[i]));

  const faults = [];
  let killed = 0;
  let out = folder('killed-0');
  for (let i = 0; i < times; i += 1) {
    // Half of the kills fall into the last third, where outputs are written.
    const share = i % 2 ? Math.random() : 0.67 + 0.33 * Math.random();
    const { child, ended } = start(args(out, existsSync(join(out, outputs[0]))), home);
    const timer = setTimeout(() => child.kill('SIGKILL'), share * length);
    const { code, signal, err } = await ended;
    clearTimeout(timer);
    if (signal === 'SIGKILL') killed += 1;
    else if (code !== 0) faults.push(`run ${i} after kills: ${err.trim().split('\n').at(-1)}`);
    const there = read(out).every((bytes) => bytes !== undefined);
    if (there && !grows && !isWhole(out)) faults.push(`run ${i} left an output that is not whole`);
    if (code === 0) {
      if (!isWhole(out)) faults.push(`run ${i} ended with another output`);
      out = folder(`killed-${i + 1}`);
    }
  }
  const last = await start(args(out, existsSync(join(out, outputs[0]))), home).ended;
  if (last.code !== 0) faults.push(`the last run fails: ${last.err.trim().split('\n').at(-1)}`);
  else if (!isWhole(out)) faults.push('the last run ended with another output');
  failed ||= faults.length > 0;
  console.log(
    `${name.padEnd(10)} ${killed} kills in ${times} runs of ${Math.round(length)} ms, ${faults.length} faults`,
  );
  for (const fault of faults.slice(0, 5)) console.log(`  ${fault}`);
}
inputs.close();
rmSync(home, { recursive: true, force: true });
process.exitCode = failed ? 1 : 0;
