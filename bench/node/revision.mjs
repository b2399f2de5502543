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
export const importCurrent = async (source) => importText(await bundleCurrent(source));

/** The same with the sources of an earlier commit, and the third-party packages of this checkout. */
export const importRevision = async (commit, source) => importText(await bundleRevision(commit, source));

/** `source` as the text of one module, for Node unless esbuild's `options` say otherwise. */
export const bundleCurrent = (source, options) => bundleFrom(root, source, options);

/** The same of an earlier commit. */
export async function bundleRevision(commit, source, options) {
  const tree = mkdtempSync(join(tmpdir(), 'facexformer-'));
  git('worktree', 'add', '--detach', tree, commit);
  try {
    symlinkSync(join(root, 'node_modules'), join(tree, 'node_modules'));
    execFileSync('node', ['packages/detector/scripts/weights.mjs'], { cwd: tree });
    return await bundleFrom(tree, source, options);
  } finally {
    git('worktree', 'remove', '--force', tree);
  }
}

async function bundleFrom(tree, source, options) {
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
    ...options,
  });
  return outputFiles[0].text;
}

function importText(text) {
  const folder = join(root, 'node_modules/.cache/bench'); // packages are found from there
  mkdirSync(folder, { recursive: true });
  const file = join(mkdtempSync(join(folder, 'revision-')), 'bundle.mjs');
  writeFileSync(file, text);
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
