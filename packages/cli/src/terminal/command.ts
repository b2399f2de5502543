/** Where a command writes, and what stops it. */
export interface Output {
  /** A line of the result. */
  out(text: string): void;
  /** A line for the person watching. */
  err(text: string): void;
  /** True on a terminal: progress may overwrite its own line. */
  readonly interactive: boolean;
  readonly signal: AbortSignal;
}

/** A subcommand of `facexformer`. */
export interface Command {
  readonly name: string;
  readonly summary: string;
  /** Full help: usage, options, examples. */
  readonly help: string;
  run(args: readonly string[], output: Output): Promise<void>;
}

/** The command line was wrong: exit code 2, and a pointer to the help. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
