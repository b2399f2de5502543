/** A web site on localhost for tests and benchmarks, and the browser that visits it. */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { extname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { CHROMIUM_ARGS, findBrowser } from './browser.mjs';

const require = createRequire(new URL('../packages/runtime-web/package.json', import.meta.url));

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
  '.png': 'image/png',
};

/** Headers that give a page shared memory, and with it threads. */
export const ISOLATED = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

/**
 * Serves `pages` (path to text or bytes) and `folders` (path prefix to folder); `onPost` gets the text that a page posts.
 * @returns its `url` without a slash, the paths that were `asked` for, and `close`
 */
export async function openSite({ pages = {}, folders = {}, headers = {}, onPost }) {
  const asked = [];
  const read = async (path) => {
    if (path in pages) return pages[path];
    const prefix = Object.keys(folders).find((candidate) => path.startsWith(candidate));
    if (!prefix || path.includes('..')) throw new Error('no such page');
    return readFile(join(folders[prefix], path.slice(prefix.length)));
  };
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, 'http://localhost').pathname);
    asked.push(path);
    if (request.method === 'POST' && onPost) {
      onPost(await text(request));
      return response.writeHead(204).end();
    }
    if (path === '/favicon.ico') return response.writeHead(204).end();
    try {
      const body = await read(path);
      const type = TYPES[extname(path === '/' ? '.html' : path) || '.html'] ?? 'application/octet-stream';
      response.writeHead(200, { 'Content-Type': type, ...headers }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    asked,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Starts Chromium; `close` the result. Throws where there is none. */
export async function openBrowser() {
  const executablePath = findBrowser();
  if (!executablePath) throw new Error('no Chromium or Chrome: run node tools/browser.mjs');
  return require('playwright').chromium.launch({ executablePath, args: CHROMIUM_ARGS });
}

/** Bundles a module of this repository from its sources, as one file for browsers. */
export async function bundle(entry, options = {}) {
  const { outputFiles, metafile } = await require('esbuild').build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    conditions: ['@facexformer/source', 'import'],
    external: ['onnxruntime-web/*'],
    metafile: true,
    logLevel: 'error',
    ...options,
  });
  return { text: outputFiles[0].text, metafile };
}
