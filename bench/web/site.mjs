import { fileURLToPath } from 'node:url';
import { bundle, openSite } from '../../tools/browser-site.mjs';

/** The repository's folder, with a slash. */
export const root = fileURLToPath(new URL('../../', import.meta.url));

/** A file of this folder. */
export const at = (name) => `${root}bench/web/${name}`;

const IMPORTS = JSON.stringify({
  imports: {
    'onnxruntime-web/wasm': '/ort/ort.wasm.bundle.min.mjs',
    'onnxruntime-web/webgpu': '/ort/ort.webgpu.bundle.min.mjs',
  },
});

/** A module and what it imports as one script for browsers, minified; workers, which have no import map, want no `external`. */
export async function scriptOf(entry, options = {}) {
  const { text } = await bundle(entry, { nodePaths: [`${root}node_modules`], minify: true, ...options });
  return text;
}

/** A site whose page runs a script, beside onnxruntime's files, the mini model's weights and the fixtures. */
export const openPage = (script, { pages = {}, folders = {}, headers = {}, onPost } = {}) =>
  openSite({
    headers,
    onPost,
    pages: {
      '/': `<script type="importmap">${IMPORTS}</script><script type="module" src="/page.js"></script>`,
      '/page.js': script,
      ...pages,
    },
    folders: {
      '/ort/': `${root}node_modules/onnxruntime-web/dist`,
      '/weights/': `${root}packages/model-mini/weights`,
      '/fixtures/': `${root}fixtures`,
      ...folders,
    },
  });
