/**
 * A disk that fills: `node tools/campaigns/full-disk.mjs` runs each command that writes into a tmpfs that is too small
 * by more or less, over outputs of an earlier run. Each must fail with a typed error, leave the old outputs as they
 * were, and nothing beside them. Mounting takes root; elsewhere it says so and does nothing.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { makeInputs, scenes, start } from './scenes.mjs';

const { values } = parseArgs({
  options: { only: { type: 'string' }, sizes: { type: 'string', default: '6' } },
});
const wanted = values.only?.split(',');
const home = mkdtempSync(join(tmpdir(), 'full-disk-'));
const disk = join(home, 'disk');
mkdirSync(disk);
try {
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', disk], { stdio: 'pipe' });
  execFileSync('umount', [disk]);
} catch (error) {
  console.log(`full-disk: SKIPPED, nothing can be mounted here: ${error.message.split('\n')[0]}`);
  process.exit();
}

const filesOf = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
const bytesOf = (folder) => filesOf(folder).reduce((sum, file) => sum + statSync(join(folder, file)).size, 0);
/** What a run writes to remember where it was: it may be newer than the outputs. */
const isMemory = (file) =>
  /(^|\/)(cache|home)\/|\.lock$|log\.jsonl$|curves\.svg$|state\.bin$|\.partial$|\.options\.json$/.test(file);

const inputs = await makeInputs(home);
let failed = false;
for (const { name, args, outputs, grows = false } of scenes(inputs)) {
  if (wanted && !wanted.includes(name)) continue;
  const whole = join(home, `whole-${name}`);
  mkdirSync(whole);
  const first = await start(args(whole, false), home).ended;
  if (first.code !== 0) throw new Error(`${name} fails undisturbed: ${first.err}`);
  const needed = bytesOf(whole);
  const faults = [];
  let refused = 0;
  for (let i = 0; i < Number(values.sizes); i += 1) {
    // Commands that go on have nothing old to lose; for the others the old output stands beside the new one.
    const old = grows ? {} : Object.fromEntries(outputs.map((file) => [file, `old ${file}`]));
    const room = Math.ceil((needed * i) / Number(values.sizes) / 4096) * 4096 + 4096 * (4 + outputs.length);
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${room}`, 'tmpfs', disk]);
    try {
      for (const [file, text] of Object.entries(old)) {
        mkdirSync(join(disk, file, '..'), { recursive: true });
        writeFileSync(join(disk, file), text);
      }
      const { code, err } = await start(args(disk, false), home).ended;
      const where = `with ${room} of ${needed} bytes`;
      if (code === 0) continue;
      refused += 1;
      if (code !== 1 || !/\((WRITE_FAILED|ENOSPC)\)/.test(err)) {
        faults.push(`${where}: exit ${code}, ${err.trim().split('\n').at(-1)}`);
      }
      for (const [file, text] of Object.entries(old)) {
        if (readFileSync(join(disk, file), 'utf8') !== text)
          faults.push(`${where}: ${file} is not the old one`);
      }
      const left = filesOf(disk).filter(
        (file) => !(file in old) && !outputs.includes(file) && !isMemory(file),
      );
      if (left.length > 0) faults.push(`${where}: ${left.join(', ')} is left over`);
      if (grows) {
        // With room again, the same command goes on to the same end.
        execFileSync('mount', ['-o', 'remount,size=64m', disk]);
        const { code: again, err: words } = await start(args(disk, true), home).ended;
        const same = outputs.every((file) =>
          readFileSync(join(disk, file)).equals(readFileSync(join(whole, file))),
        );
        if (again !== 0 || !same)
          faults.push(`${where}: it does not go on: ${words.trim().split('\n').at(-1)}`);
      }
    } finally {
      execFileSync('umount', [disk]);
    }
  }
  failed ||= faults.length > 0 || refused === 0;
  console.log(
    `${name.padEnd(10)} ${refused} of ${values.sizes} disks were too small, ${faults.length} faults`,
  );
  for (const fault of faults.slice(0, 5)) console.log(`  ${fault}`);
}
inputs.close();
rmSync(home, { recursive: true, force: true });
process.exitCode = failed ? 1 : 0;
