/** `node training/gpu/unpack.mjs`: see README.md. */
import { importTypeScript } from '../../bench/typescript.mjs';

const { main } = await importTypeScript('training/gpu/unpack.ts');
await main(process.argv.slice(2));
