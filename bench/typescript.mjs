import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

/** Imports a TypeScript file of this repository by its path from the root, with its packages' sources. */
export async function importTypeScript(path) {
  const { outputFiles } = await build({
    entryPoints: [path],
    absWorkingDir: join(import.meta.dirname, '..'),
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    conditions: ['@facexformer/source'],
    external: ['onnxruntime-node', 'sharp'],
  });
  const { contents } = outputFiles[0];
  const folder = join(import.meta.dirname, '../node_modules/.cache/bench'); // packages are found from there
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${createHash('sha256').update(contents).digest('hex')}.mjs`);
  writeFileSync(file, contents);
  return import(pathToFileURL(file));
}
