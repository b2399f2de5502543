import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { bundleProgram } from '@facexformer/test-utils/bundle';
import { afterAll, beforeAll } from 'vitest';

const PROGRAM = join(import.meta.dirname, `../node_modules/.program-${process.pid}.mjs`);

/** Bundles `program.ts` for the tests of one file. */
export function useProgram(): void {
  beforeAll(async () => {
    await bundleProgram(join(import.meta.dirname, 'program.ts'), PROGRAM);
  });
  afterAll(() => rmSync(PROGRAM, { force: true }));
}

export interface Child {
  readonly process: ChildProcess;
  /** What it says next; undefined when it has ended. */
  next(): Promise<string | undefined>;
  /** Lets it do what it said. */
  go(): void;
  /** kill -9. */
  kill(): Promise<void>;
}

/** The command line that runs the program with these arguments in a shell. */
export const commandOf = (...args: readonly string[]): string =>
  [process.execPath, PROGRAM, ...args].map((arg) => `'${arg}'`).join(' ');

/** Starts the program. */
export function startProgram(args: readonly string[], options: SpawnOptions = {}): Child {
  return follow(spawn(process.execPath, [PROGRAM, ...args], { stdio: 'pipe', ...options }));
}

/** Runs a command line of bash to its end. */
export async function bash(command: string): Promise<{ readonly out: string; readonly err: string }> {
  const child = spawn('bash', ['-c', command], { stdio: ['ignore', 'pipe', 'pipe'] });
  const texts = { out: '', err: '' };
  child.stdout.on('data', (data: Buffer) => {
    texts.out += data;
  });
  child.stderr.on('data', (data: Buffer) => {
    texts.err += data;
  });
  await once(child, 'close');
  return texts;
}

function follow(child: ChildProcess): Child {
  const lines = createInterface({ input: child.stderr! })[Symbol.asyncIterator]();
  const ended = once(child, 'exit');
  return {
    process: child,
    next: async () => (await lines.next()).value as string | undefined,
    go: () => child.stdin?.write('\n'),
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
