/**
 * `npm create @facexformer/task` from the tarballs, as a user types it: the package that it makes installs, type-checks,
 * builds, tests and packs, and its tarball holds what it should.
 */
import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** @param registry answers for the packed packages; @param temp where to work */
export async function checkCreateTask(registry, temp) {
  const folder = join(temp, 'create');
  mkdirSync(folder);
  const userconfig = join(folder, 'npmrc');
  writeFileSync(userconfig, `${registry.setting}\n`);
  const run = async (args, cwd, settings = {}) => {
    const { stdout } = await promisify(execFile)('npm', args, {
      cwd,
      env: { ...process.env, npm_config_userconfig: userconfig, ...settings },
      maxBuffer: 2 ** 26,
      shell: process.platform === 'win32',
    });
    return stdout;
  };
  const started = performance.now();
  // npm keeps what `npm create` ran by its version, and would run an earlier build of the same version again.
  const fresh = { npm_config_cache: join(temp, 'cache') };
  const create = ['create', '--yes', '@facexformer/task', 'task-hat', '--', '--labels', 'none,cap,hat'];
  await run(create, folder, fresh);
  const made = join(folder, 'task-hat');
  await run(['install', '--no-audit', '--no-fund', '--prefer-offline'], made);
  await run(['run', 'check'], made);
  const [{ filename, files }] = JSON.parse(await run(['pack', '--json'], made));
  const paths = files.map(({ path }) => path);
  for (const path of ['dist/index.js', 'dist/index.d.ts', 'src/index.ts', 'MODEL_CARD.md', 'LICENSE']) {
    if (!paths.includes(path)) throw new Error(`${filename} lacks ${path}`);
  }
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`pack: npm create @facexformer/task: ${filename} made, checked and packed in ${seconds} s`);
}
