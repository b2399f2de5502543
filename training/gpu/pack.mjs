/** `node training/gpu/pack.mjs`: see README.md. */
import { importTypeScript } from '../../bench/typescript.mjs';

const { main } = await importTypeScript('training/gpu/pack.ts');
await main(process.argv.slice(2));
