/**
 * The first example of every README, as pasted after its install line: in a folder that holds the packages of that line
 * and no others, with a real photo under the example's names. `ts browser` is bundled, `ts no-run` needs data of one's own.
 */
import { execFile } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import ts from 'typescript';
import { codeBlocks } from '../code-blocks.mjs';
import { publicPackages } from '../workspaces.mjs';

const root = join(import.meta.dirname, '../..');
const INSTALL = /^npm install (.+)\n/m;

/** The packages that a README installs, the shell lines after that, and its first program. */
function firstExample(folder, name) {
  const blocks = codeBlocks(readFileSync(join(folder, 'README.md'), 'utf8'));
  const start = blocks.findIndex(({ code }) => INSTALL.test(code));
  if (start < 0) throw new Error(`README.md of ${name} has no line "npm install ..."`);
  const [, packages] = blocks[start].code.match(INSTALL);
  const commands = blocks[start].code.replace(INSTALL, '').trim();
  return { packages: packages.split(' '), commands, program: commands ? undefined : blocks[start + 1] };
}

/** Puts the photo where a text names one. */
function placePhotos(text, folder) {
  for (const [path] of text.matchAll(/[\w./-]+\.(?:jpg|png)\b/g)) {
    mkdirSync(join(folder, dirname(path)), { recursive: true });
    copyFileSync(join(root, 'fixtures/astronaut.png'), join(folder, path));
  }
}

/** Installs by links into a folder where everything is installed: what is not named cannot be found. */
function link(packages, installed, folder) {
  mkdirSync(join(folder, 'node_modules'), { recursive: true });
  for (const name of packages) {
    mkdirSync(join(folder, 'node_modules', dirname(name)), { recursive: true });
    symlinkSync(join(installed, name), join(folder, 'node_modules', name), 'junction');
  }
  symlinkSync(join(installed, '.bin'), join(folder, 'node_modules/.bin'), 'junction');
}

/** Runs an example in the folder in which it was installed. */
async function runExample({ commands, program }, folder) {
  const run = (command, args) =>
    promisify(execFile)(command, args, { cwd: folder, shell: process.platform === 'win32' });
  placePhotos(commands || program.code, folder);
  for (const line of commands.split('\n').filter(Boolean)) await run('sh', ['-c', line]);
  if (!program) return;
  const file = join(folder, 'example.mjs');
  const options = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext };
  writeFileSync(file, ts.transpile(program.code, options));
  if (program.flags.includes('browser')) {
    await build({ entryPoints: [file], bundle: true, write: false, format: 'esm', platform: 'browser' });
  } else if (!program.flags.includes('no-run')) await run('node', [file]);
}

/**
 * @param {string} installed a node_modules that holds all packages
 * @param {string} temp where to work
 */
export async function checkReadmes(installed, temp) {
  const started = performance.now();
  const examples = [{ folder: root, manifest: { name: 'root' } }, ...publicPackages()]
    .filter(({ manifest }) => manifest.name !== '@facexformer/create-task') // create-task.mjs does as it says
    .map(({ folder, manifest }) => ({ name: manifest.name, ...firstExample(folder, manifest.name) }));
  const left = [...examples];
  const work = async () => {
    for (let example = left.shift(); example; example = left.shift()) {
      const folder = join(temp, 'readmes', example.name);
      link(example.packages, installed, folder);
      await runExample(example, folder).catch((error) => {
        throw new Error(`the first example in the README of ${example.name} fails: ${error.stderr || error}`);
      });
    }
  };
  await Promise.all([work(), work()]);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(
    `pack: the first examples of ${examples.length} READMEs hold after their install lines (${seconds} s)`,
  );
}

/** The README of the repository as a newcomer has it: an empty folder, one `npm install`, and the example. */
export async function checkNewcomer(tarballs, registry, temp) {
  const folder = join(temp, 'newcomer');
  mkdirSync(folder);
  const npmrc = join(temp, 'newcomer-npmrc');
  writeFileSync(npmrc, `${registry.setting}\nignore-scripts=true\n`);
  const example = firstExample(root, 'root');
  const packages = example.packages.map((name) => (tarballs[name] ? tarballs[name] : name));
  const started = performance.now();
  await promisify(execFile)('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', ...packages], {
    cwd: folder,
    env: { ...process.env, npm_config_userconfig: npmrc },
    shell: process.platform === 'win32',
  });
  const installed = performance.now();
  await runExample(example, folder);
  const seconds = (from, to) => ((to - from) / 1000).toFixed(1);
  const times = `${seconds(started, installed)} s and ${seconds(installed, performance.now())} s`;
  console.log(`pack: npm install in an empty folder, and the README's example: ${times}`);
}
