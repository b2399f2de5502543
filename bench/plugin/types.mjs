/**
 * The types of task makers and plug-ins (packages/core/test/task/results.test-d.ts) on the oldest and the newest
 * TypeScript, against the declarations of core's sources.
 *
 * usage: node bench/plugin/types.mjs [versions, 5.4.5 7.0.2]
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const versions = process.argv.length > 2 ? process.argv.slice(2) : ['5.4.5', '7.0.2'];
const root = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'types-'));
execFileSync('npx', ['tsc', '-b', 'tsconfig.neutral.json'], { cwd: root, stdio: 'inherit' });
cpSync(join(root, '.cache/types/packages/core/src'), join(folder, 'core'), { recursive: true });

mkdirSync(join(folder, 'use'));
const test = readFileSync(join(root, 'packages/core/test/task/results.test-d.ts'), 'utf8');
writeFileSync(join(folder, 'use/makers.ts'), test.replaceAll('../../src/', '../core/'));
const compilerOptions = {
  target: 'ES2022',
  lib: ['ES2023', 'ESNext.Disposable'],
  types: [],
  module: 'NodeNext',
  moduleResolution: 'NodeNext',
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  skipLibCheck: false,
  noEmit: true,
};
writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['use'] }));
writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
const aliases = versions.map((version) => `v${version.replaceAll('.', '-')}@npm:typescript@${version}`);
execFileSync('npm', ['install', '--no-audit', '--no-fund', '--silent', ...aliases], { cwd: folder });
let failed = false;
for (const version of versions) {
  const compiler = join(folder, `node_modules/v${version.replaceAll('.', '-')}/bin/tsc`);
  const { status, stdout } = spawnSync('node', [compiler, '-p', folder], { encoding: 'utf8' });
  console.log(`TypeScript ${version}: ${status === 0 ? 'passed' : `failed\n${stdout}`}`);
  failed ||= status !== 0;
}
rmSync(folder, { recursive: true });
process.exit(failed ? 1 : 0);
