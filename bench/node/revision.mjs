import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '../..');
const git = (...args) => execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: 'pipe' }).trim();

/** The commit that is checked out, with a plus where files of packages differ from it. */
export const currentCommit = () =>
  git('rev-parse', '--short', 'HEAD') + (git('status', '--porcelain', 'packages') && '+');

/** Imports `source`, a module that re-exports from our packages, with the sources of this checkout. */
export const importCurrent = (source) => importFrom(root, source);

/** The same with the sources of an earlier commit, and the third-party packages of this checkout. */
export async function importRevision(commit, source) {
  const tree = mkdtempSync(join(tmpdir(), 'facexformer-'));
  git('worktree', 'add', '--detach', tree, commit);
  try {
    symlinkSync(join(root, 'node_modules'), join(tree, 'node_modules'));
    execFileSync('node', ['packages/detector/scripts/weights.mjs'], { cwd: tree });
    return await importFrom(tree, source);
  } finally {
    git('worktree', 'remove', '--force', tree);
  }
}

async function importFrom(tree, source) {
  const folders = foldersOf(join(tree, 'packages'));
  const ownPackages = {
    name: 'own packages',
    setup(bundle) {
      bundle.onResolve({ filter: /^@facexformer\// }, ({ path }) => {
        const [scope, name, ...rest] = path.split('/');
        const folder = folders.get(`${scope}/${name}`);
        const { exports } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
        return { path: join(folder, exports[['.', ...rest].join('/')]['@facexformer/source']) };
      });
    },
  };
  const { outputFiles } = await build({
    stdin: { contents: source, resolveDir: tree },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    external: ['onnxruntime-node', 'sharp'],
    plugins: [ownPackages],
  });
  const folder = join(root, 'node_modules/.cache/bench'); // packages are found from there
  mkdirSync(folder, { recursive: true });
  const file = join(mkdtempSync(join(folder, 'revision-')), 'bundle.mjs');
  writeFileSync(file, outputFiles[0].contents);
  return import(pathToFileURL(file));
}

/** Package names to their folders. */
function foldersOf(packages) {
  const files = readdirSync(packages, { recursive: true }).filter(
    (file) => file.endsWith('package.json') && !/node_modules|template/.test(file),
  );
  return new Map(
    files.map((file) => {
      const path = join(packages, file);
      return [JSON.parse(readFileSync(path, 'utf8')).name, dirname(path)];
    }),
  );
}
