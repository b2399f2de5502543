/**
 * Bundles the declarations that `tsc -b` left in .cache/types: one file for each entry point and module format, beside
 * the JavaScript in `dist`.
 */
import { join, relative } from 'node:path';
import { rollup } from 'rollup';
import { dts } from 'rollup-plugin-dts';
import { entryPoints, publicPackages } from './workspaces.mjs';

const root = join(import.meta.dirname, '..');

/** What some types need in applications whose `lib` lacks it. */
const LIBRARIES = {
  facexformer: ['esnext.disposable'],
  '@facexformer/runtime-node': ['esnext.disposable'],
  '@facexformer/runtime-web': ['esnext.disposable', 'dom'],
};

const declarationOf = (source) =>
  join(root, '.cache/types', relative(root, source)).replace(/\.ts$/, '.d.ts');

for (const { folder, manifest } of publicPackages()) {
  const entries = entryPoints({ folder, manifest });
  if (entries.length === 0) continue; // a command only
  const bundle = await rollup({
    input: Object.fromEntries(entries.map(({ source, output }) => [output, declarationOf(source)])),
    external: (id) => /^@?\w/.test(id),
    plugins: [dts()],
  });
  const banner = (LIBRARIES[manifest.name] ?? []).map((lib) => `/// <reference lib="${lib}" />`).join('\n');
  for (const extension of ['d.ts', 'd.cts']) {
    await bundle.write({
      dir: join(folder, 'dist'),
      banner,
      entryFileNames: `[name].${extension}`,
      chunkFileNames: `[name]-[hash].${extension}`,
    });
  }
  await bundle.close();
}
