import { defineConfig } from 'tsup';
import { recipe } from '../../tsup.base.ts';

export default defineConfig(recipe);
