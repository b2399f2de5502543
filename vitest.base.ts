import { defineConfig } from 'vitest/config';

const conditions = ['@facexformer/source'];

/** The one test recipe: packages resolve each other's sources, so that tests need no build. */
export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  test: { include: ['test/**/*.test.ts'], testTimeout: 60_000 },
});
