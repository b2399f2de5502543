/** `node bench/design/run.mjs [options]`: trains and measures every variant; see README.md. */
import { importTypeScript } from '../typescript.mjs';

const { main } = await importTypeScript('bench/design/run.ts');
await main(process.argv.slice(2));
