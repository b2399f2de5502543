import { defineConfig } from 'tsup';
import { recipe } from '../../tsup.base.ts';

/** `shims` gives the CommonJS build the `import.meta.url` that finds the template. */
export default defineConfig([
  { ...recipe, shims: true },
  { ...recipe, entry: ['src/cli.ts'], format: ['esm'], dts: false, clean: false },
]);
