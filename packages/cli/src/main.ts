import { existsSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { FaceXFormerError } from '@facexformer/core';
import { analyze } from './commands/analyze.js';
import { bench } from './commands/bench.js';
import { convert } from './commands/convert.js';
import { enqueue } from './commands/enqueue.js';
import { evalCommand } from './commands/eval.js';
import { exportModel } from './commands/export.js';
import { inspect } from './commands/inspect.js';
import { pull } from './commands/pull.js';
import { queueCommand } from './commands/queue.js';
import { serve } from './commands/serve.js';
import { train } from './commands/train.js';
import { trainTaskCommand } from './commands/train-task.js';
import { work } from './commands/work.js';
import { type Command, type Output, UsageError } from './terminal/command.js';
import { visible } from './terminal/visible.js';

const COMMANDS: readonly Command[] = [
  analyze,
  serve,
  convert,
  inspect,
  exportModel,
  pull,
  bench,
  evalCommand,
  train,
  trainTaskCommand,
  enqueue,
  work,
  queueCommand,
];

const HELP = `facexformer: one transformer that answers every question about a face

usage: facexformer <photo or folder>... [options]     the same as facexformer analyze
       facexformer <command> [options]

${COMMANDS.map(({ name, summary }) => `  ${name.padEnd(10)} ${summary}`).join('\n')}

facexformer <command> --help shows options and examples; --version the version.`;

/**
 * The whole command line.
 * @param args what stands behind `facexformer`
 * @returns the exit code: 0 done, 1 failed, 2 wrong arguments; as shells have it, 130 after Ctrl-C (SIGINT), 143 after
 *   SIGTERM, 129 when the terminal is gone
 */
export async function main(args: readonly string[], terminal: Output): Promise<number> {
  const output: Output = {
    ...terminal,
    out: (text) => terminal.out(visible(text)),
    err: (text) => terminal.err(visible(text)),
  };
  const [name] = args;
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    output.out(HELP);
    return name === undefined ? 2 : 0;
  }
  if (name === '--version' || name === '-v') {
    output.out(version());
    return 0;
  }
  const named = COMMANDS.find((candidate) => candidate.name === name);
  const command = named ?? (existsSync(name) ? analyze : undefined);
  if (!command) {
    const said = shortened(`there is no command and no photo "${name}"`);
    output.err(`facexformer: ${said}; facexformer --help lists commands`);
    return 2;
  }
  const rest = named ? args.slice(1) : args;
  if (rest.includes('--help') || rest.includes('-h')) {
    output.out(command.help);
    return 0;
  }
  try {
    await command.run(rest, output);
    return 0;
  } catch (error) {
    return report(error, command.name, output);
  }
}

function report(error: unknown, name: string, output: Output): number {
  if (error instanceof UsageError) {
    output.err(
      `facexformer ${name}: ${shortened(error.message)}\nfacexformer ${name} --help shows how it is used`,
    );
    return 2;
  }
  const { aborted } = output.signal;
  if (!aborted || !isAbortion(error)) output.err(reasonOf(error));
  if (!aborted) return 1;
  output.err('facexformer: interrupted');
  return 128 + (constants.signals[output.signal.reason as NodeJS.Signals] ?? constants.signals.SIGINT);
}

/** Whether it only says that a signal has ended the work. */
const isAbortion = (error: unknown): boolean =>
  FaceXFormerError.isInstance(error, 'ABORTED') || (error instanceof Error && error.name === 'AbortError');

/** What is wrong with a call may repeat an argument of any length. */
const shortened = (text: string): string => (text.length <= 300 ? text : `${text.slice(0, 200)}…`);

function reasonOf(error: unknown): string {
  if (FaceXFormerError.isInstance(error)) return `facexformer: ${error.message} (${error.code})`;
  if (isSystemError(error)) return `facexformer: ${error.message.replace(/^\w+: /, '')} (${error.code})`;
  return `facexformer: unexpected failure, please report it\n${error instanceof Error ? error.stack : String(error)}`;
}

/** The file system's answer, such as a full disk or a folder that may not be written. */
const isSystemError = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && 'syscall' in error && 'code' in error;

function version(): string {
  const manifest = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return (JSON.parse(manifest) as { readonly version: string }).version;
}
