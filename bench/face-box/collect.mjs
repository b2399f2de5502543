/** `node bench/face-box/collect.mjs FACES > .cache/face-box.json`: 700 train and 100 val faces of each set, for fit.py. */
import { importTypeScript } from '../typescript.mjs';

const { collect } = await importTypeScript('bench/face-box/collect.ts');
const [folder] = process.argv.slice(2);
const rows = [...(await collect(folder, 'train', 700)), ...(await collect(folder, 'val', 100))];
process.stdout.write(JSON.stringify(rows));
