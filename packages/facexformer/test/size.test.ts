import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build as esbuild } from 'esbuild';
import { build, type Rollup } from 'vite';
import { describe, expect, it } from 'vitest';

const here = fileURLToPath(new URL('.', import.meta.url));
const page = (task: string) => `
  import { openFaceAnalyzer, ${task} } from 'facexformer';
  const analyzer = await openFaceAnalyzer({ tasks: [${task}()] });
  document.querySelector('input').onchange = async ({ target }) => {
    document.body.append(JSON.stringify(await analyzer.analyze(target.files[0])));
  };`;

/** What a page with one task loads before it asks for anything: the entry and the files that it imports. */
async function bundle(task: string) {
  const built = (await build({
    configFile: false,
    root: here,
    logLevel: 'error',
    resolve: { conditions: ['@facexformer/source', 'browser', 'import'] },
    build: {
      write: false,
      target: 'es2022',
      rollupOptions: { input: 'virtual:page', external: [/onnxruntime-web/, /generated\/weights/] },
    },
    plugins: [
      {
        name: 'page',
        resolveId: (id) => (id === 'virtual:page' ? `${here}page.js` : null),
        load: (id) => (id === `${here}page.js` ? page(task) : null),
      },
    ],
  })) as Rollup.RollupOutput;
  const chunks = built.output.filter((file) => file.type === 'chunk');
  const named = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
  const loaded = new Set(chunks.filter(({ isEntry }) => isEntry));
  for (const { imports } of loaded) {
    for (const chunk of imports.flatMap((name) => named.get(name) ?? [])) loaded.add(chunk);
  }
  const modules = [...loaded].flatMap((chunk) => Object.entries(chunk.modules));
  return {
    gzip: [...loaded].reduce((sum, { code }) => sum + gzipSync(code, { level: 9 }).length, 0),
    files: modules.flatMap(([file, { renderedLength }]) => (renderedLength > 0 ? [file] : [])),
  };
}

/** The files that a bundle for a platform is made of, those that load later too. */
async function filesFor(platform: 'browser' | 'node') {
  const { metafile } = await esbuild({
    stdin: { contents: page('age'), resolveDir: here },
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    platform,
    conditions: ['@facexformer/source', 'import'],
    external: ['onnxruntime-web/*', 'onnxruntime-node', 'sharp', 'node:*'],
    metafile: true,
  });
  const outside = Object.values(metafile.outputs).flatMap(({ imports }) => imports.map(({ path }) => path));
  return [...Object.keys(metafile.inputs), ...outside].join('\n');
}

const tasksIn = (files: readonly string[]) =>
  [...new Set(files.map((file) => file.match(/tasks\/([a-z-]+)\/src/)?.[1]).filter(Boolean))].sort();

describe('an application of facexformer', () => {
  it.each(['age', 'landmarks', 'headPose'])(
    'loads at most 45 kB min+gzip and no task but %s',
    async (task) => {
      const { gzip, files } = await bundle(task);
      console.log(`${task}: ${gzip} bytes`);
      expect(gzip).toBeLessThan(45_000);
      expect(tasksIn(files)).toEqual([task.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)]);
      expect(files.join()).not.toMatch(/packages\/detector/);
    },
  );

  it('has nothing of Node in a browser, and nothing of the browser in Node', async () => {
    expect(await filesFor('browser')).not.toMatch(/runtime-node|packages\/cli|node:|sharp|onnxruntime-node/);
    expect(await filesFor('node')).not.toMatch(/runtime-web|onnxruntime-web/);
  });
});
