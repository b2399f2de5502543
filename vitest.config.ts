import { defineConfig } from 'vitest/config';
import { packages } from './tools/workspaces.mjs';

const conditions = ['@facexformer/source'];
const include = ['test/**/*.test.ts'];

/** All unit tests, a project for each package. Packages resolve each other's sources, so that tests need no build. */
export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  test: {
    testTimeout: 60_000,
    maxWorkers: '100%',
    // Files of one worker share their modules, which hold no state; stubs end with the test that made them.
    isolate: false,
    unstubGlobals: true,
    restoreMocks: true,
    projects: [
      { extends: true, test: { name: 'repository', include } },
      ...packages().map(({ folder, manifest }) => ({
        extends: true as const,
        test: { name: manifest.name.replace('@facexformer/', ''), root: folder, include },
      })),
    ],
  },
});
