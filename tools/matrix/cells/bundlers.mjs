/** What bundlers make of the packed packages, for a page and for Node. */
import { cpSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openSite } from '../../browser-site.mjs';
import { freePort } from '../../free-port.mjs';
import { bin, makeApp, run, start, tarballOf } from '../workplace.mjs';
import { checkFaces } from './checks.mjs';
import { visitPage } from './page.mjs';

const webpackApp = () =>
  makeApp('webpack', {
    from: 'tools/matrix/apps/webpack',
    dependencies: { webpack: '5.113.0', 'webpack-cli': '7.3.1' },
  });

/** A function as one file, deployed into an empty folder with what it needs beside it, and called. */
async function deployFunction(format) {
  const app = await makeApp('function', { from: 'examples/function' });
  await run('node', ['build.js', format], { cwd: app });
  const file = format === 'cjs' ? 'handler.cjs' : 'handler.mjs';
  const place = await makeApp(`function-${format}`, {
    bare: true,
    dependencies: {
      'onnxruntime-node': '1.30.0',
      sharp: '0.35.5',
      '@facexformer/model-mini': `file:${tarballOf('@facexformer/model-mini')}`,
    },
  });
  cpSync(join(app, 'dist', file), join(place, file));
  writeFileSync(
    join(place, 'call.mjs'),
    `import { readFileSync } from 'node:fs';
     const { handler } = await import('./${file}');
     const event = { body: readFileSync('photo.png', 'base64'), isBase64Encoded: true };
     console.log((await handler(event)).body);
     process.exit(0);`,
  );
  checkFaces(await run('node', ['call.mjs'], { cwd: place }));
}

/** The WebAssembly files that a build emitted. */
const wasmIn = (folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.wasm'));

export const bundlers = [
  ...['esm', 'cjs'].map((format) => ({
    name: `esbuild-${format}`,
    title: `esbuild 0.28.2, a function as one file, ${format === 'esm' ? 'ES module' : 'CommonJS'}`,
    group: 'Bundlers',
    guide: 'functions',
    run: () => deployFunction(format),
  })),
  {
    name: 'webpack-node',
    title: 'webpack 5.113.0, target node',
    group: 'Bundlers',
    guide: 'webpack',
    async run() {
      const app = await webpackApp();
      await run(bin(app, 'webpack'), ['--config-name', 'program'], { cwd: app });
      checkFaces(await run('node', ['dist/program/main.cjs'], { cwd: app }));
    },
  },
  {
    name: 'webpack-web',
    title: 'webpack 5.113.0, target web',
    group: 'Bundlers',
    guide: 'webpack',
    async run() {
      const app = await webpackApp();
      await run(bin(app, 'webpack'), ['--config-name', 'page'], { cwd: app });
      const html = '<!doctype html><input type="file"><output></output><script src="/main.js"></script>';
      const site = await openSite({ pages: { '/': html }, folders: { '/': join(app, 'dist/page/') } });
      try {
        await visitPage(site.url, 'output');
      } finally {
        site.close();
      }
      return `WebAssembly emitted: ${wasmIn(join(app, 'dist/page')).length} files`;
    },
  },
  {
    name: 'vite',
    title: 'Vite 8.3.8 with React 19, build and page',
    group: 'Bundlers',
    guide: 'vite',
    async run() {
      const app = await makeApp('vite-react', { from: 'examples/vite-react' });
      await run(bin(app, 'tsc'), [], { cwd: app });
      await run(bin(app, 'vite'), ['build'], { cwd: app });
      const port = await freePort();
      const url = `http://127.0.0.1:${port}`;
      const args = ['preview', '--host', '127.0.0.1', '--port', String(port), '--strictPort'];
      const server = await start(bin(app, 'vite'), args, url, { cwd: app });
      try {
        await visitPage(url, 'li');
      } finally {
        await server.stop();
      }
      return `WebAssembly emitted: ${wasmIn(join(app, 'dist')).length} files`;
    },
  },
];
