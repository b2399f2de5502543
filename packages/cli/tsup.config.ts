import { defineConfig } from 'tsup';
import { recipe } from '../../tsup.base.ts';

export default defineConfig([
  recipe,
  { ...recipe, entry: ['src/cli.ts'], format: ['esm'], dts: false, clean: false },
]);
