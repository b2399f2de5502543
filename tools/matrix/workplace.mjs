/**
 * Where the cells of the matrix work: applications outside the repository with the packed packages installed by npm, kept
 * from run to run in the system's temporary folder.
 */
import { execFile, execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { packPackages } from '../tarballs.mjs';
import { publicPackages } from '../workspaces.mjs';

const root = join(import.meta.dirname, '../..');
const folder = join(tmpdir(), 'facexformer-matrix');
export const photo = join(root, 'fixtures/astronaut.png');

let packed;

/** The tarballs of this checkout's packages, by name. */
function tarballs() {
  if (packed) return packed;
  rmSync(join(folder, 'tarballs'), { recursive: true, force: true });
  mkdirSync(join(folder, 'tarballs'), { recursive: true });
  packed = packPackages(join(folder, 'tarballs'));
  return packed;
}

/** A command that an application has installed. */
export const bin = (app, name) => join(app, 'node_modules/.bin', name);

/** Runs a command to its end and gives what it printed; `limit` in seconds. */
export async function run(command, args, { cwd, env, limit = 300 } = {}) {
  const { stdout } = await promisify(execFile)(command, args, {
    cwd,
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1', CI: '1', ...env },
    maxBuffer: 2 ** 26,
    timeout: limit * 1000,
    shell: process.platform === 'win32',
  }).catch((error) => {
    throw new Error(`${error.stdout ?? ''}\n${error.stderr ?? ''}\n${error.message}`);
  });
  return stdout;
}

/** Starts a server, waits until it answers at `url`, and gives how to stop it. */
export async function start(command, args, url, { cwd, env } = {}) {
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', ...env },
    detached: true,
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (said += data));
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const stop = async () => {
    if (child.exitCode === null) process.kill(-child.pid, 'SIGTERM');
    await ended;
  };
  for (let patience = 900; patience > 0; patience -= 1) {
    if (child.exitCode !== null) throw new Error(`${command} ended with ${child.exitCode}: ${said}`);
    if (
      await fetch(url).then(
        () => true,
        () => false,
      )
    )
      return { stop, said: () => said };
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  await stop();
  throw new Error(`${command} does not answer: ${said}`);
}

/**
 * Makes an application: the files of a folder, beside the photo, and what it depends on.
 * @param {string} name of its folder
 * @param {{ from: string, dependencies?: Record<string, string>, bare?: boolean }} options `from` a folder of the
 * repository; `bare` for one without our packages
 */
export async function makeApp(name, { from, dependencies = {}, bare = false }) {
  const app = join(folder, 'apps', name);
  mkdirSync(app, { recursive: true });
  for (const entry of readdirSync(app)) {
    if (entry !== 'node_modules') rmSync(join(app, entry), { recursive: true, force: true });
  }
  if (from) cpSync(join(root, from), app, { recursive: true });
  cpSync(photo, join(app, 'photo.png'));
  writeFileSync(join(app, '.npmrc'), 'ignore-scripts=true\naudit=false\nfund=false\nprefer-offline=true\n');
  const ours = bare ? {} : files();
  const manifest = manifestOf(app);
  const wanted = { ...manifest.dependencies, ...manifest.devDependencies, ...dependencies };
  const chosen = Object.entries({ ...(bare ? {} : { facexformer: '' }), ...wanted }).map(
    ([name, version]) => [name, ours[name] ?? version],
  );
  writeFileSync(
    join(app, 'package.json'),
    JSON.stringify({
      ...manifest,
      private: true,
      dependencies: Object.fromEntries(chosen),
      devDependencies: {},
      overrides: ours,
    }),
  );
  await install(app, bare);
  return app;
}

const manifestOf = (app) => {
  const path = join(app, 'package.json');
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : { type: 'module' };
};

const files = () =>
  Object.fromEntries(Object.entries(tarballs()).map(([name, path]) => [name, `file:${path}`]));

/** npm where what is depended on has changed; else our packages alone are unpacked anew. */
async function install(app, bare) {
  const third = publicPackages().map(({ manifest }) => [manifest.name, manifest.dependencies]);
  const stamp = createHash('sha256')
    .update(readFileSync(join(app, 'package.json')))
    .update(JSON.stringify(bare ? [] : third))
    .digest('hex');
  const mark = join(app, 'node_modules/.matrix');
  if (!existsSync(mark) || readFileSync(mark, 'utf8') !== stamp) {
    rmSync(join(app, 'node_modules'), { recursive: true, force: true });
    await run('npm', ['install'], { cwd: app, limit: 900 });
    writeFileSync(mark, stamp);
  } else unpack(app);
}

function unpack(app) {
  for (const [name, path] of Object.entries(tarballs())) {
    const place = join(app, 'node_modules', name);
    if (!existsSync(place)) continue;
    const inner = join(place, 'node_modules');
    if (existsSync(inner)) throw new Error(`${inner}: delete ${app} and run again`);
    rmSync(place, { recursive: true });
    mkdirSync(place);
    execFileSync('tar', ['-xzf', path, '-C', place, '--strip-components=1']);
  }
}

/** The tarball of a package. */
export const tarballOf = (name) => tarballs()[name];
