/** `node training/gpu/made-up.mjs RECIPE CACHE`: prepared tiles of made-up faces for every set of a recipe. */
import { readFile } from 'node:fs/promises';
import { importTypeScript } from '../../bench/typescript.mjs';

const { writeMadeUpFaces } = await importTypeScript('training/gpu/made-up.ts');
const [recipe, cache] = process.argv.slice(2);
const { batch } = JSON.parse(await readFile(recipe, 'utf8'));
await writeMadeUpFaces(cache, Object.keys(batch), 24);
