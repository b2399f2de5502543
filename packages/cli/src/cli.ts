#!/usr/bin/env node
import { main } from './main.js';

const abort = new AbortController();
process.once('SIGINT', () => abort.abort(new Error('interrupted')));
process.exitCode = await main(process.argv.slice(2), {
  out: (text) => process.stdout.write(`${text}\n`),
  err: (text) => process.stderr.write(`${text}\n`),
  interactive: process.stderr.isTTY === true,
  signal: abort.signal,
});
