/**
 * Adds a tenth built-in task to a copy of the repository: one folder, and its entry in the preset with the import that it
 * needs. Then the task has to be typed, trained, evaluated, drawn and smoothed, with no other source touched.
 */
import { execFileSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const here = import.meta.dirname;
const root = join(here, '../..');
const copy = mkdtempSync(join(tmpdir(), 'tenth-task-'));

const isSource = (path) => !/\/(node_modules|dist|test|\.turbo|\.cache)(\/|$)/.test(path);
for (const name of ['packages', 'tools/workspaces.mjs', 'tsconfig.base.json', 'package.json']) {
  cpSync(join(root, name), join(copy, name), { recursive: true, filter: isSource });
}
cpSync(join(here, 'brightness'), join(copy, 'packages/tasks/brightness'), { recursive: true });
for (const file of ['tenth.test.ts', 'typed.ts']) cpSync(join(here, file), join(copy, file));

const preset = join(copy, 'packages/tasks/preset/src/all-tasks.ts');
const listed = readFileSync(preset, 'utf8')
  .replace(
    'import { expression }',
    "import { brightness } from '@facexformer/task-brightness';\nimport { expression }",
  )
  .replace('    visibility(),\n', '    visibility(),\n    brightness(),\n');
writeFileSync(preset, listed);

// The packages of the copy stand in for those of the repository; everything else is what the repository uses.
const modules = join(copy, 'node_modules');
mkdirSync(join(modules, '@facexformer'), { recursive: true });
for (const name of readdirSync(join(root, 'node_modules'))) {
  if (!/^@?facexformer$/.test(name)) symlinkSync(join(root, 'node_modules', name), join(modules, name));
}
for (const parent of ['packages', 'packages/tasks']) {
  for (const name of readdirSync(join(copy, parent))) {
    const folder = join(copy, parent, name);
    const manifest = readManifest(folder);
    if (manifest) symlinkSync(folder, join(copy, 'node_modules', manifest.name));
  }
}

function readManifest(folder) {
  try {
    return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  } catch {
    return undefined; // packages/tasks holds packages, and is none
  }
}

writeFileSync(
  join(copy, 'tsconfig.json'),
  JSON.stringify({
    extends: './tsconfig.base.json',
    compilerOptions: { types: ['node'] },
    files: ['typed.ts', 'tenth.test.ts'],
  }),
);
writeFileSync(
  join(copy, 'vitest.config.mjs'),
  `const conditions = ['@facexformer/source'];
export default {
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  test: { include: ['tenth.test.ts'], testTimeout: 60_000 },
};
`,
);
const run = (...args) => execFileSync('npx', args, { cwd: copy, stdio: 'inherit' });
try {
  run('tsc', '-p', '.');
  run('vitest', 'run');
} finally {
  rmSync(copy, { recursive: true, force: true });
}
