import { defineConfig } from 'tsup';
import { recipe } from '../../tsup.base.ts';

/** The references declare what the types need to applications whose `lib` lacks it. */
export default defineConfig({
  ...recipe,
  dts: {
    ...(recipe.dts as object),
    banner: '/// <reference lib="esnext.disposable" />\n/// <reference lib="dom" />',
  },
});
