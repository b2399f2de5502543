#!/usr/bin/env node
import { main } from './main.js';

const abort = new AbortController();
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error; // the reader, such as `head`, has seen enough
  process.exit();
});
process.once('SIGINT', () => abort.abort(new Error('interrupted')));
process.exitCode = await main(process.argv.slice(2), {
  out: (text) => process.stdout.write(`${text}\n`),
  err: (text) => process.stderr.write(`${text}\n`),
  interactive: process.stderr.isTTY === true,
  signal: abort.signal,
});
