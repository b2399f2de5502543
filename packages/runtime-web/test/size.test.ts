import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';

const app = (task: string, detector = '') => `
  import { createAnalyzer, openCheckpoint } from '@facexformer/core';
  import { urlSource, webRuntime } from '@facexformer/runtime-web';
  import { ${task} } from '@facexformer/tasks';
  ${detector && "import { blazeFace } from '@facexformer/detector';"}
  const analyzer = await createAnalyzer({
    runtime: webRuntime(),
    checkpoint: await openCheckpoint(await urlSource('/facexformer.safetensors')),
    tasks: [${task}()],
    ${detector && 'detector: blazeFace(),'}
  });
  document.querySelector('input').onchange = async ({ target }) => {
    document.body.append(JSON.stringify(await analyzer.analyze(target.files[0])));
  };`;

/** Bundles and minifies as an application would; onnxruntime's own files and the detector's weights load later. */
async function bundle(contents: string) {
  const { outputFiles, metafile } = await build({
    stdin: { contents, resolveDir: fileURLToPath(new URL('..', import.meta.url)) },
    bundle: true,
    minify: true,
    write: false,
    splitting: true,
    outdir: 'page',
    format: 'esm',
    target: 'es2022',
    conditions: ['@facexformer/source', 'import'],
    external: ['onnxruntime-web/*', '*/generated/weights.js'],
    metafile: true,
  });
  // What a page loads before it asks for anything: the entry, and what its files import outright.
  const loaded = new Set(
    Object.keys(metafile.outputs).filter((path) => metafile.outputs[path]!.entryPoint === '<stdin>'),
  );
  for (const path of loaded) {
    for (const { kind, path: next } of metafile.outputs[path]!.imports) {
      if (kind === 'import-statement' && next in metafile.outputs) loaded.add(next);
    }
  }
  const inputs = [...loaded].flatMap((path) => Object.entries(metafile.outputs[path]!.inputs));
  const chunks = outputFiles.filter((file) => [...loaded].some((path) => file.path.endsWith(path)));
  return {
    gzip: chunks.reduce((sum, { contents: code }) => sum + gzipSync(code, { level: 9 }).length, 0),
    files: inputs.flatMap(([file, { bytesInOutput }]) => (bytesInOutput > 0 ? [file] : [])),
  };
}

const tasksIn = (files: readonly string[]) =>
  [...new Set(files.map((file) => file.match(/tasks\/([a-z-]+)\/src/)?.[1]).filter(Boolean))].sort();

const KB = 1000;

describe('the JavaScript of an application that analyses one photo, min+gzip', () => {
  it('stays under 60 kB, with the detector too', async () => {
    const whole = await bundle(app('age', 'detector'));
    const bare = await bundle(app('age'));
    console.log(`one task ${bare.gzip} bytes, with the detector ${whole.gzip} bytes`);
    expect(whole.gzip).toBeLessThan(60 * KB);
    expect(bare.gzip).toBeLessThan(45 * KB);
    expect(whole.files.join()).not.toMatch(/onnxruntime/);
  });

  it.each(['age', 'landmarks', 'parsing', 'gender', 'headPose'])('has no task but %s', async (task) => {
    const folder = task.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    const { files } = await bundle(app(task));
    expect(tasksIn(files)).toEqual([folder]);
  });
});
