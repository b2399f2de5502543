import { defineConfig } from 'tsup';
import { recipe } from '../../tsup.base.ts';

export default defineConfig({
  ...recipe,
  entry: { index: 'src/index.ts', 'node/index': 'src/node/index.ts' },
});
