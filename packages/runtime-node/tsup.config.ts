import { defineConfig } from 'tsup';
import { recipe } from '../../tsup.base.ts';

/**
 * `shims` gives the CommonJS build the `import.meta.url` that locates onnxruntime's libraries; the reference declares
 * `Symbol.asyncDispose` to applications without Node's types.
 */
export default defineConfig({
  ...recipe,
  shims: true,
  dts: { ...(recipe.dts as object), banner: '/// <reference lib="esnext.disposable" />' },
});
