import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { CHROMIUM_ARGS } from './tools/browser.mjs';

/** Browser tests in the Chromium that tools/browser.mjs found; the headers let WebAssembly have threads. */
export default defineConfig({
  root: 'packages/runtime-web',
  resolve: { conditions: ['@facexformer/source'] },
  optimizeDeps: { exclude: ['onnxruntime-web'] },
  server: {
    headers: {
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cross-Origin-Embedder-Policy': 'require-corp',
    },
    fs: { allow: ['../..'] },
  },
  test: {
    include: ['test/**/*.browser.ts', '../facexformer/test/**/*.browser.ts'],
    testTimeout: 60_000,
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      provider: playwright({
        launchOptions: {
          executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
          args: CHROMIUM_ARGS,
        },
      }),
      instances: [{ browser: 'chromium' }],
    },
  },
});
