import { type ErrorCode, FaceXFormerError, throwIfAborted } from '../base/errors.js';
import type { RunOptions } from '../runtime/runtime.js';
import { orAbort } from '../stream/abort.js';

/** Parts of a message that change their owner instead of being copied. */
export type Transfer = readonly object[];

/** Sends messages to the other end of a channel. */
export interface Port {
  /** Sends a message; what is in `transfer` moves instead of being copied. */
  postMessage(message: unknown, transfer?: Transfer): void;
}

/** An answer, and the parts of it that are transferred instead of copied. */
export interface Answer {
  readonly value: unknown;
  readonly transfer?: Transfer;
}

/** What an end of a channel answers, by the names of methods. */
export type Handlers = Readonly<Record<string, (argument: never, run: RunOptions) => Promise<Answer>>>;

/** Choices of a call across a channel. */
export interface CallOptions extends RunOptions {
  readonly transfer?: Transfer;
}

/** The other end of a channel. */
export interface Peer {
  /**
   * Calls a method of the other end; when the signal fires, its handler is told.
   * @throws {FaceXFormerError} what the method throws, `ABORTED`.
   */
  call(method: string, argument: unknown, options?: CallOptions): Promise<unknown>;
  /** Takes a message that the channel has delivered. */
  receive(message: unknown): void;
  /** Fails all running and later calls, because the other end is gone. */
  fail(error: FaceXFormerError): void;
}

type Message =
  | { readonly facexformer: 'call'; readonly id: number; readonly method: string; readonly argument: unknown }
  | { readonly facexformer: 'abort'; readonly id: number }
  | { readonly facexformer: 'done'; readonly id: number; readonly value: unknown }
  | { readonly facexformer: 'failed'; readonly id: number; readonly error: PlainError };

interface PlainError {
  readonly code: ErrorCode;
  readonly message: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/** A call that waits for its answer. */
interface Waiting {
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

/** Calls across a channel, in both directions; errors keep their code and message. */
export function connect(port: Port, handlers: Handlers): Peer {
  const waiting = new Map<number, Waiting>();
  const working = new Map<number, { aborted: boolean }>();
  let last = 0;
  let gone: FaceXFormerError | undefined;
  const send = (message: Message, transfer: Transfer = []) => port.postMessage(message, transfer);
  const settle = (id: number): Waiting | undefined => {
    const call = waiting.get(id);
    waiting.delete(id);
    return call;
  };

  const answer = async (id: number, method: string, argument: unknown): Promise<void> => {
    const signal = { aborted: false };
    working.set(id, signal);
    try {
      if (!Object.hasOwn(handlers, method)) throw new Error(`the other side has no method "${method}"`);
      const { value, transfer } = await handlers[method]!(argument as never, { signal });
      send({ facexformer: 'done', id, value }, transfer);
    } catch (error) {
      send({ facexformer: 'failed', id, error: plain(error) });
    } finally {
      working.delete(id);
    }
  };
  return {
    receive(data) {
      if (!isMessage(data)) return;
      if (data.facexformer === 'call') answer(data.id, data.method, data.argument);
      else if (data.facexformer === 'done') settle(data.id)?.resolve(data.value);
      else if (data.facexformer === 'failed') settle(data.id)?.reject(revive(data.error));
      else {
        const signal = working.get(data.id);
        if (signal) signal.aborted = true;
      }
    },
    async call(method, argument, { transfer, signal } = {}) {
      throwIfAborted(signal);
      if (gone) throw gone;
      last += 1;
      const id = last;
      const answered = new Promise<unknown>((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        send({ facexformer: 'call', id, method, argument }, transfer);
      });
      const value = await orAbort(answered, signal).catch((error: unknown) => {
        if (settle(id) && signal?.aborted) send({ facexformer: 'abort', id });
        throw error;
      });
      throwIfAborted(signal);
      return value;
    },
    fail(error) {
      gone ??= error;
      for (const id of [...waiting.keys()]) settle(id)?.reject(error);
    },
  };
}

const isMessage = (data: unknown): data is Message =>
  typeof data === 'object' && data !== null && 'facexformer' in data;

/** An error as plain data. Never throws: a call whose error cannot be told would never end. */
function plain(error: unknown): PlainError {
  if (!FaceXFormerError.isInstance(error)) return { code: 'RUNTIME', message: textOf(error), details: {} };
  return { code: error.code, message: error.message, details: cloneable(error.details) };
}

function textOf(error: unknown): string {
  try {
    return String(error);
  } catch {
    return 'something was thrown that has no text';
  }
}

/** The details without what a message cannot carry; none at all where they refer to themselves. */
function cloneable(details: PlainError['details']): PlainError['details'] {
  try {
    return JSON.parse(JSON.stringify(details));
  } catch {
    return {};
  }
}

const revive = ({ code, message, details }: PlainError): FaceXFormerError =>
  new FaceXFormerError(code, message, { details });
