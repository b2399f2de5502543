/**
 * `facexformer analyze` on a folder of many links to a few photos, killed with -9 in the middle and resumed: every photo
 * has one line, and the peak of memory. `node bench/node/resume.mjs [photos]`, after a build.
 */
import { spawn } from 'node:child_process';
import {
  createReadStream,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const root = join(import.meta.dirname, '../..');
const require = createRequire(join(root, 'packages/runtime-node/package.json'));
const sharp = require('sharp');
const count = Number(process.argv[2] ?? 10_000);

const folder = mkdtempSync(join(tmpdir(), 'resume-'));
const out = join(folder, 'out.jsonl');
mkdirSync(join(folder, 'in'));
for (const [i, size] of [256, 320, 384].entries()) {
  await sharp(join(root, 'fixtures/astronaut.png'))
    .resize(size)
    .jpeg()
    .toFile(join(folder, `${i}.jpg`));
}
const names = Array.from({ length: count }, (_, i) => `${String(i).padStart(7, '0')}.jpg`);
for (const [i, name] of names.entries()) symlinkSync(join(folder, `${i % 3}.jpg`), join(folder, 'in', name));

/** Runs until the end, or until `share` of a tenth is said; the peak of resident memory in MB. */
async function run(until) {
  const command = [
    join(root, 'packages/cli/dist/cli.js'),
    'analyze',
    join(folder, 'in'),
    '--out',
    out,
    '--resume',
    '--threads',
    '1',
  ];
  const child = spawn(process.execPath, command, { stdio: ['ignore', 'ignore', 'pipe'] });
  let peak = 0;
  const timer = setInterval(() => {
    const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
    peak = Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024 || peak;
  }, 200);
  for await (const line of createInterface({ input: child.stderr })) {
    console.log(`  ${line}`);
    if (until && line.startsWith(until)) child.kill('SIGKILL');
  }
  clearInterval(timer);
  return Math.round(peak);
}

try {
  const killed = await run('50 %');
  const resumed = await run();
  const seen = [];
  for await (const line of createInterface({ input: createReadStream(out) })) {
    const { photo, faces } = JSON.parse(line);
    if (faces.length !== 1) throw new Error(`${photo} has ${faces.length} faces`);
    seen.push(photo.slice(-names[0].length));
  }
  const isWhole = seen.length === count && names.every((name, i) => name === seen[i]);
  const bytes = Math.round(statSync(out).size / count);
  console.log(
    JSON.stringify({
      photos: count,
      everyPhotoOnce: isWhole,
      peakMB: [killed, resumed],
      bytesPerLine: bytes,
    }),
  );
} finally {
  rmSync(folder, { recursive: true });
}
