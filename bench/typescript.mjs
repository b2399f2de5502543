import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

/** Packages of others are found in `node_modules` when the bundle runs: some of them cannot be bundled. */
const foreignPackages = {
  name: 'foreign packages',
  setup({ onResolve }) {
    onResolve({ filter: /^[@a-z]/ }, ({ path, kind }) =>
      kind === 'entry-point' || path.startsWith('@facexformer/') ? undefined : { path, external: true },
    );
  },
};

/** Bundles a TypeScript file of this repository, named by its path from the root, with its packages' sources. */
export async function bundleTypeScript(path) {
  const { outputFiles } = await build({
    entryPoints: [path],
    absWorkingDir: join(import.meta.dirname, '..'),
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    conditions: ['@facexformer/source'],
    plugins: [foreignPackages],
  });
  const { contents } = outputFiles[0];
  const folder = join(import.meta.dirname, '../node_modules/.cache/bench'); // packages are found from there
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${createHash('sha256').update(contents).digest('hex')}.mjs`);
  writeFileSync(file, contents);
  return file;
}

/** Imports such a file. */
export const importTypeScript = async (path) => import(pathToFileURL(await bundleTypeScript(path)));
