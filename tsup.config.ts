import { readFileSync, rmSync } from 'node:fs';
import { defineConfig } from 'tsup';
import { entryPoints } from './tools/workspaces.mjs';

/**
 * The one build recipe, run in the folder of a package: its `exports` and `bin` say what is built. Only JavaScript is:
 * tools/declarations.mjs adds the types.
 */
const folder = process.cwd();
const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
const modules = Object.fromEntries(
  entryPoints({ folder, manifest }).map(({ source, output }) => [output, source]),
);
const commands = Object.fromEntries(
  Object.values<string>(manifest.bin ?? {}).map((path) => {
    const name = path.replace(/^\.\/dist\/|\.js$/g, '');
    return [name, `src/${name}.ts`];
  }),
);
/** `splitting` keeps what is imported later, or twice, in a file of its own. */
const recipe = { sourcemap: true, target: 'es2022', splitting: true };

rmSync('dist', { recursive: true, force: true });

export default defineConfig([
  { ...recipe, format: 'esm', entry: { ...modules, ...commands } },
  // A package that is a command only has no modules. `shims` gives CommonJS an `import.meta.url`.
  ...(manifest.main ? [{ ...recipe, format: 'cjs' as const, entry: modules, shims: true }] : []),
]);
