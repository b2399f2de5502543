import { writeSync } from 'node:fs';
import { standardStream } from '../../src/terminal/standard-stream.js';

const out = standardStream(process.stdout);
const err = standardStream(process.stderr);
for (let i = 0; i < 1000; i += 1) {
  out.write(`line ${i} of the results\n`);
  err.write(`message ${i}\n`);
}
writeSync(3, `out: ${(await out.end())?.message}, err: ${(await err.end())?.message}`);
