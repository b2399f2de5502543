import type { Options } from 'tsup';

/** The one build recipe: both module formats and their types from `src/index.ts`. */
export const recipe: Options = {
  entry: ['src/index.ts'],
  format: ['esm', 'cjs'],
  dts: { compilerOptions: { ignoreDeprecations: '6.0' } },
  sourcemap: true,
  clean: true,
  target: 'es2022',
  splitting: false,
};
