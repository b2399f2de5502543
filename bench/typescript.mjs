import { build } from 'esbuild';

/** Imports a TypeScript file of this repository, with its packages' sources. */
export async function importTypeScript(path) {
  const { outputFiles } = await build({
    entryPoints: [path],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    conditions: ['@facexformer/source'],
    external: ['onnxruntime-node', 'sharp'],
  });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`);
}
