/** What went wrong, for programs. Codes are stable, one for each cause that a caller can act on. */
export type ErrorCode =
  | 'ABORTED' // an AbortSignal fired
  | 'BAD_CHECKPOINT' // a checkpoint file is truncated, malformed or not one of ours
  | 'BAD_IMAGE' // an image cannot be decoded, or exceeds the limits
  | 'BAD_OPTION' // an option or argument has an impossible value
  | 'BAD_PICKLE' // a .pt file uses an opcode or a global that is refused
  | 'BAD_TENSOR' // a tensor has the wrong shape or dtype, or holds NaN
  | 'BUSY' // too much is waiting for the engine: try again later
  | 'CRASHED' // a worker ended while it was at work: the next call starts another
  | 'DEVICE_UNAVAILABLE' // the requested device or its libraries are missing
  | 'DISPOSED' // used after dispose()
  | 'DOWNLOAD_FAILED' // the network answered wrongly, or a hash differs
  | 'DUPLICATE_TASK' // two tasks claim the same name
  | 'GRAPH' // the model graph is built wrongly: shapes or dtypes do not fit
  | 'LOCKED' // another process is at work on the same file
  | 'MISSING_TENSOR' // a checkpoint lacks a tensor that the model needs
  | 'NOT_FOUND' // a file or a named resource does not exist
  | 'RUNTIME' // the execution engine failed
  | 'TASK_FAILED' // a task's own decode or draw failed; the cause is what it threw
  | 'UNREACHABLE' // a service that the work needs, such as Redis, does not answer
  | 'UNKNOWN_TASK' // the model or the analyzer does not have the requested task
  | 'WRITE_FAILED' // a result cannot be written: no such folder, no permission, disk full
  | 'WRONG_BASE' // a plug-in was trained on another model
  | 'UNSUPPORTED'; // a well-formed input that this version does not handle

/** Messages are for people: of longer ones, which repeat a name from a file, the middle is left out. */
const LONGEST_MESSAGE = 299;

const shortened = (message: string): string =>
  message.length <= LONGEST_MESSAGE
    ? message
    : `${message.slice(0, LONGEST_MESSAGE - 201)}…${message.slice(-200)}`;

const MARKER = Symbol.for('@facexformer/error');

/**
 * The error class of the SDK. `code` says what happened; the message says what is wrong, with what, and what to do. It
 * commands no terminal: control characters, which names may hold, become U+FFFD.
 */
export class FaceXFormerError extends Error {
  override readonly name = 'FaceXFormerError';
  readonly code: ErrorCode;
  /** Machine-readable details, such as the name of a tensor, its expected and its actual shape. */
  readonly details: Readonly<Record<string, unknown>>;
  readonly [MARKER] = true;

  constructor(
    code: ErrorCode,
    message: string,
    options: { readonly cause?: unknown; readonly details?: Readonly<Record<string, unknown>> } = {},
  ) {
    super(
      shortened(message.replace(/[^\P{Cc}\n\t]/gu, '\ufffd')),
      'cause' in options ? { cause: options.cause } : undefined,
    );
    this.code = code;
    this.details = options.details ?? {};
  }

  /** True for errors of any copy of this package; optionally only for the given code. */
  static isInstance(error: unknown, code?: ErrorCode): error is FaceXFormerError {
    return (
      typeof error === 'object' &&
      error !== null &&
      MARKER in error &&
      (code === undefined || (error as FaceXFormerError).code === code)
    );
  }
}

/**
 * Stops work whose AbortSignal has fired.
 * @throws {FaceXFormerError} `ABORTED`, with the signal's reason as cause.
 */
export function throwIfAborted(
  signal: { readonly aborted: boolean; readonly reason?: unknown } | undefined,
): void {
  if (signal?.aborted) {
    throw new FaceXFormerError('ABORTED', 'the operation was aborted', { cause: signal.reason });
  }
}
