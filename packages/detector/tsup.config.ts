import { defineConfig } from 'tsup';
import { recipe } from '../../tsup.base.ts';

// The weights stay a file of their own, loaded when a detector is opened.
export default defineConfig({ ...recipe, splitting: true });
