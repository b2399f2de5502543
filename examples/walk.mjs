/**
 * Walks the way of apps/docs/guide/custom-tasks.md, "Make it a package": from an empty folder and the packed packages to a
 * task package that is installed and answers; writes each command with its output to WALKTHROUGH.md.
 * usage: node examples/walk.mjs <folder of tarballs> <folder with photos/with and photos/without>
 */
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { codeBlocks } from '../tools/code-blocks.mjs';

const [tarballs, photos] = process.argv.slice(2);
if (!tarballs || !photos) {
  console.error('usage: node examples/walk.mjs <folder of tarballs> <folder of photos>');
  process.exit(2);
}
const root = join(import.meta.dirname, '..');
const home = mkdtempSync(join(tmpdir(), 'walk-'));
const server = spawn(process.execPath, [join(root, 'tools/pack-test/registry.mjs'), tarballs], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
const setting = await new Promise((resolve) => server.stdout.once('data', (data) => resolve(String(data))));
writeFileSync(join(home, '.npmrc'), `${setting}yes=true\naudit=false\nfund=false\nupdate-notifier=false\n`);

/** An environment that knows nothing of the repository, nor of what npm has downloaded before. */
const env = { PATH: process.env.PATH, HOME: home, ONNXRUNTIME_NODE_INSTALL: 'skip', NO_COLOR: '1' };

const pages = [];
let cwd = home;

/** Runs a line as typed, and keeps what it said; the folders' own names are of no interest. */
function type(line) {
  const begun = performance.now();
  const { status, stdout } = spawnSync('sh', ['-c', `${line} 2>&1`], {
    cwd,
    env,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  const said = stripVTControlCharacters(stdout)
    .replaceAll(home, '~')
    .replace(/^.*\r(?!\n)/gm, '')
    .replace(/http:\/\/127\.0\.0\.1:\d+/g, 'http://localhost')
    .trim();
  console.log(`$ ${line}\n${said}\n(${seconds} s)`);
  pages.push(`\`\`\`\n$ ${line}\n${said}\n\`\`\`\n\n${seconds} s\n`);
  if (status !== 0) throw new Error(`"${line}" ended with ${status}`);
}

const step = (title) => pages.push(`## ${title}\n`);

try {
  step('Make the package');
  type('npm create @facexformer/task task-glasses -- --labels without,with');
  cwd = join(home, 'task-glasses');
  pages.push('```\n$ cd task-glasses\n```\n');
  type('npm install');
  type('npm run check');

  step('Train it');
  cpSync(photos, join(cwd, 'photos'), { recursive: true });
  type("find photos -name '*.webp' | cut -d/ -f2 | sort | uniq -c");
  type('npm run train');
  type('sed -n "/## Measured/,/## Limits/p" MODEL_CARD.md');

  step('Pack it');
  type('npm run check');
  type('npm pack');

  step('Use it in an application');
  cwd = join(home, 'app');
  mkdirSync(cwd);
  pages.push('```\n$ mkdir ../app && cd ../app\n```\n');
  type('npm init --yes --init-type=module');
  const ours = ['core', 'detector', 'model-mini', 'runtime-node', 'tasks'].map(
    (name) => `@facexformer/${name}`,
  );
  type(`npm install ../task-glasses/task-glasses-0.1.0.tgz ${ours.join(' ')}`);
  const readme = readFileSync(join(cwd, 'node_modules/task-glasses/README.md'), 'utf8');
  const [{ code }] = codeBlocks(readme).filter(({ language }) => language === 'ts');
  writeFileSync(join(cwd, 'use.mjs'), code);
  cpSync(join(root, 'fixtures/astronaut.png'), join(cwd, 'photo.jpg'));
  pages.push(
    '`use.mjs` is the example of the README of task-glasses as it stands; `photo.jpg` is a portrait without glasses.\n',
  );
  type('node use.mjs');

  const load = `${cpus().length} CPU threads, Node ${process.versions.node}, load average ${loadavg()[1].toFixed(1)} over the last 5 minutes`;
  writeFileSync(
    join(import.meta.dirname, 'WALKTHROUGH.md'),
    `# From nothing to an installed task package

The commands of the documentation's page "Custom tasks", section "Make it a package", run in an empty folder with nothing but
Node, npm and the packed packages of this repository, which a registry on localhost serves (\`tools/pack-test/registry.mjs\`);
everything else comes from npm. Written by \`node examples/walk.mjs <tarballs> <photos>\`; output and times as they were, on
${load}. \`ONNXRUNTIME_NODE_INSTALL=skip\` was set, because the machine has no way to the CUDA libraries.
The photos are of CelebA, so these weights were thrown away.

${pages.join('\n')}`,
  );
  console.log('walk: written to examples/WALKTHROUGH.md');
} finally {
  server.kill();
  rmSync(home, { recursive: true, force: true });
}
