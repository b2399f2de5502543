import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'vitepress';
import { writeLlms } from './llms.ts';
import { nav, sidebar } from './sidebar.ts';

const root = join(import.meta.dirname, '..');
const apiSidebar = join(root, 'api/typedoc-sidebar.json');
const conditions = ['@facexformer/source'];

/** The browser itself keeps the site from talking to any other server. */
const POLICY = [
  "default-src 'self'",
  "script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval' blob:",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  "worker-src 'self' blob:",
  "media-src 'self' blob:",
  "object-src 'none'",
  "base-uri 'self'",
].join('; ');

export default defineConfig({
  title: 'FaceXFormer for JavaScript',
  titleTemplate: ':title | FaceXFormer',
  description: 'One transformer for nine questions about a face, in Node and in the browser',
  lang: 'en',
  base: process.env.DOCS_BASE ?? '/',
  srcExclude: ['README.md'],
  head: [
    ['meta', { 'http-equiv': 'Content-Security-Policy', content: POLICY }],
    ['link', { rel: 'icon', href: `${process.env.DOCS_BASE ?? '/'}logo.svg`, type: 'image/svg+xml' }],
  ],
  themeConfig: {
    logo: '/logo.svg',
    siteTitle: 'FaceXFormer',
    nav,
    sidebar: {
      ...sidebar,
      '/api/': [
        {
          text: 'API reference',
          link: '/api/',
          items: existsSync(apiSidebar) ? JSON.parse(readFileSync(apiSidebar, 'utf8')) : [],
        },
      ],
    },
    outline: { level: [2, 3] },
    search: { provider: 'local' },
  },
  markdown: { theme: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' } },
  vite: {
    resolve: { conditions },
    // onnxruntime-web is only fetched by the playground; it is large by nature.
    build: { chunkSizeWarningLimit: 2000 },
    worker: { format: 'es' },
    ssr: { noExternal: [/^@facexformer\//] },
  },
  buildEnd: ({ outDir }) => writeLlms(root, outDir),
});
