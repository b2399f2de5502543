import { defineConfig } from 'vitest/config';

/** Tests of the built site in Chromium; `node tools/docs.mjs` builds it and runs them. */
export default defineConfig({
  test: { include: ['test/**/*.site.ts'], testTimeout: 120_000, hookTimeout: 60_000, fileParallelism: false },
});
