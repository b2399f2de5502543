/**
 * Packs every public package, installs the tarballs into a fresh app outside the repository, and uses them there as
 * ES modules, as CommonJS, from TypeScript (nodenext and bundler) and from the command line; then as the READMEs say.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { codeBlocks } from '../code-blocks.mjs';
import { packPackages } from '../tarballs.mjs';
import { publicPackages } from '../workspaces.mjs';
import { checkCreateTask } from './create-task.mjs';
import { checkNewcomer, checkReadmes } from './readme.mjs';
import { openRegistry } from './registry.mjs';

const root = join(import.meta.dirname, '../..');
const temp = mkdtempSync(join(tmpdir(), 'facexformer-pack-'));
const app = join(temp, 'app');
/** Writes every TypeScript block of a README into the app and returns the files' names. */
const writeExamples = (folder, name) =>
  codeBlocks(readFileSync(join(folder, 'README.md'), 'utf8'))
    .filter(({ language }) => language === 'ts')
    .map(({ code }, index) => {
      const file = `readme-${name.replace(/\W+/g, '-')}-${index}.mts`;
      writeFileSync(join(app, file), code);
      return file;
    });
const run = (command, args, cwd = app) =>
  execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });

try {
  const tarballs = Object.fromEntries(
    Object.entries(packPackages(temp)).map(([name, path]) => [name, `file:${path}`]),
  );
  cpSync(join(import.meta.dirname, 'app'), app, { recursive: true });
  const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const tools = { typescript: devDependencies.typescript, '@types/node': devDependencies['@types/node'] };
  // onnxruntime-node would download CUDA on install; a user behind a firewall sets the same.
  writeFileSync(join(app, '.npmrc'), 'ignore-scripts=true\n');
  writeFileSync(
    join(app, 'package.json'),
    JSON.stringify({
      name: 'app',
      private: true,
      dependencies: tarballs,
      overrides: tarballs,
      devDependencies: tools,
    }),
  );
  run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline']);
  cpSync(join(root, 'fixtures/astronaut.png'), join(app, 'photo.png'));

  for (const file of ['use.mjs', 'use.cjs']) console.log(`pack: ${file}: ${run('node', [file]).trim()}`);
  const examples = [{ folder: root, manifest: { name: 'root' } }, ...publicPackages()].flatMap(
    ({ folder, manifest }) => writeExamples(folder, manifest.name),
  );
  for (const [module, resolution] of [
    ['nodenext', 'nodenext'],
    ['esnext', 'bundler'],
  ]) {
    const options = [
      '--noEmit',
      '--strict',
      '--types',
      'node',
      '--target',
      'es2022',
      '--lib',
      'es2023,esnext.disposable',
    ];
    run('npx', [
      'tsc',
      ...options,
      '--module',
      module,
      '--moduleResolution',
      resolution,
      'use.mts',
      'types.mts',
      ...examples,
    ]);
    console.log(
      `pack: types and ${examples.length} README examples hold with moduleResolution ${resolution}`,
    );
  }
  mkdirSync(join(app, 'out'));
  run('npx', ['facexformer', 'photo.png', '--json', 'out/r.json', '--overlay', 'out/r.png']);
  const { faces } = JSON.parse(readFileSync(join(app, 'out/r.json'), 'utf8'));
  if (faces.length !== 1) throw new Error(`the command line found ${faces.length} faces instead of 1`);
  console.log('pack: the installed command analyses the photo');
  await checkReadmes(join(app, 'node_modules'), temp);
  const registry = await openRegistry(temp);
  try {
    await checkNewcomer(tarballs, registry, temp);
    await checkCreateTask(registry, temp);
  } finally {
    registry.close();
  }
} finally {
  rmSync(temp, { recursive: true, force: true });
}
