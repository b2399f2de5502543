/** `node training/gpu/reference.mjs`: see README.md. */
import { importTypeScript } from '../../bench/typescript.mjs';

const { main } = await importTypeScript('training/gpu/reference.ts');
await main(process.argv.slice(2));
