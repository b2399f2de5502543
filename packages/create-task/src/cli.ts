#!/usr/bin/env node
import { main } from './main.js';

// What is said comes after the work: a reader that leaves, or a full device, costs nothing.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
process.exitCode = await main(process.argv.slice(2), {
  cwd: process.cwd(),
  out: (text) => process.stdout.write(`${text}\n`),
  err: (text) => process.stderr.write(`${text}\n`),
});
