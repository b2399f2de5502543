import { defineConfig } from 'tsup';
import { recipe } from '../../tsup.base.ts';
import { describeWeights } from './describe.ts';

describeWeights();

/** `shims` gives the CommonJS build the `import.meta.url` that locates the weights. */
export default defineConfig({ ...recipe, shims: true });
