/**
 * From an empty folder to the first typed result, as a newcomer types it: `node bench/front-door.mjs [rounds]`. npm answers
 * from its cache (the first round fills it, and does not count), our packages come from a registry on localhost. Needs
 * `npm run build`. Writes front-door.json: medians of seconds of each command.
 */
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { openRegistry } from '../tools/pack-test/registry.mjs';
import { packPackages } from '../tools/tarballs.mjs';
import { cpu, load, median } from './machine.mjs';

const rounds = Number(process.argv[2] ?? 3);
const root = join(import.meta.dirname, '..');
const temp = mkdtempSync(join(tmpdir(), 'front-door-'));
const tarballs = packPackages(temp);

const PROGRAM = `import { openFaceAnalyzer } from 'facexformer';

const analyzer = await openFaceAnalyzer();
const faces = await analyzer.analyze('photo.png');
await analyzer.dispose();
for (const face of faces) console.log(face.box, face.age.years, face.expression.label, face.headPose.yaw);
`;
const COMMANDS = {
  'npm init': ['npm', ['init', '--yes', '--init-type', 'module']],
  'npm install facexformer': ['npm', ['install', tarballs.facexformer]],
  'node faces.mjs': ['node', ['faces.mjs']],
};

const registry = await openRegistry(temp);
const env = { ...process.env, npm_config_userconfig: join(temp, 'npmrc') };
// The install script of onnxruntime-node asks for CUDA libraries, which a machine without the internet has not.
writeFileSync(
  env.npm_config_userconfig,
  `${registry.setting}\nignore-scripts=true\nprefer-offline=true\naudit=false\nfund=false\n`,
);

/** The seconds of each command. */
async function visit(name) {
  const cwd = join(temp, name);
  mkdirSync(cwd);
  cpSync(join(root, 'fixtures/astronaut.png'), join(cwd, 'photo.png'));
  writeFileSync(join(cwd, 'faces.mjs'), PROGRAM);
  const seconds = {};
  for (const [title, [command, args]] of Object.entries(COMMANDS)) {
    const begun = performance.now();
    const { stdout } = await promisify(execFile)(command, args, {
      cwd,
      env,
      shell: process.platform === 'win32',
    });
    seconds[title] = (performance.now() - begun) / 1000;
    if (title.startsWith('node') && !stdout.includes('happy')) throw new Error(`it answers ${stdout}`);
  }
  return seconds;
}

try {
  await visit('warm-up');
  const visits = [];
  for (let round = 0; round < rounds; round += 1) visits.push(await visit(`round-${round}`));
  const total = (visit) => Object.values(visit).reduce((sum, seconds) => sum + seconds, 0);
  const tenths = (value) => Number(value.toFixed(1));
  const report = {
    command: 'node bench/front-door.mjs',
    date: new Date().toISOString().slice(0, 10),
    node: process.version,
    cpu,
    load: load(),
    rounds,
    seconds: Object.fromEntries(
      Object.keys(COMMANDS).map((title) => [title, tenths(median(visits.map((visit) => visit[title])))]),
    ),
    total: tenths(median(visits.map(total))),
  };
  console.log(report);
  writeFileSync(join(import.meta.dirname, 'front-door.json'), `${JSON.stringify(report, undefined, 2)}\n`);
} finally {
  registry.close();
  rmSync(temp, { recursive: true, force: true });
}
