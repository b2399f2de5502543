import { main } from './main.js';
import { standardStream } from './terminal/standard-stream.js';

/**
 * The command of this process: arguments, standard streams, signals and the exit code.
 * @param args what stands behind `facexformer`
 */
export async function runCommand(args: readonly string[] = process.argv.slice(2)): Promise<void> {
  const out = standardStream(process.stdout);
  const err = standardStream(process.stderr);

  const abort = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(name, () => abort.abort(name));
  }

  const code = await main(args, {
    out: (text) => out.write(`${text}\n`),
    err: (text) => err.write(`${text}\n`),
    interactive: process.stderr.isTTY === true,
    signal: abort.signal,
  });
  const failure = await out.end();
  if (failure) err.write(`facexformer: standard output cannot be written: ${failure.message}\n`);
  await err.end();
  process.exitCode = code === 0 && failure ? 1 : code;
}
