import { build } from 'esbuild';
import { expect, it } from 'vitest';

it('imports nothing of Node', async () => {
  const { metafile, errors } = await build({
    entryPoints: [new URL('../../src/frozen/index.ts', import.meta.url).pathname],
    bundle: true,
    write: false,
    metafile: true,
    platform: 'browser',
    format: 'esm',
    conditions: ['@facexformer/source'],
    logLevel: 'silent',
  });
  expect(errors).toEqual([]);
  const packages = Object.keys(metafile.inputs).map((path) => /packages\/(\w+)/.exec(path)?.[1]);
  expect(new Set(packages)).toEqual(new Set(['autodiff', 'core', 'statistics', 'train']));
});
