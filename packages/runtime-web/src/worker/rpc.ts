import { type ErrorCode, FaceXFormerError } from '@facexformer/core';

/** One end of a channel. */
export interface Port {
  postMessage(message: unknown, transfer: Transferable[]): void;
  addEventListener(type: 'message', listener: (event: MessageEvent) => void): void;
}

/** An answer, and the parts of it that are transferred instead of copied. */
export interface Answer {
  readonly value: unknown;
  readonly transfer?: Transferable[];
}

/** The other end of a channel. */
export interface Peer {
  call(method: string, argument: unknown, transfer?: Transferable[]): Promise<unknown>;
  /** Fails all running and later calls, because the other end is gone. */
  fail(error: FaceXFormerError): void;
}

type Message =
  | { readonly facexformer: 'call'; readonly id: number; readonly method: string; readonly argument: unknown }
  | { readonly facexformer: 'done'; readonly id: number; readonly value: unknown }
  | { readonly facexformer: 'failed'; readonly id: number; readonly error: PlainError };

interface PlainError {
  readonly code: ErrorCode;
  readonly message: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/** Calls across a channel, in both directions; errors keep their code and message. */
export function connect(
  port: Port,
  handlers: Readonly<Record<string, (argument: never) => Promise<Answer>>>,
): Peer {
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  let last = 0;
  let gone: FaceXFormerError | undefined;
  const send = (message: Message, transfer: Transferable[] = []) => port.postMessage(message, transfer);

  const answer = async (id: number, method: string, argument: unknown): Promise<void> => {
    try {
      if (!Object.hasOwn(handlers, method)) throw new Error(`the other side has no method "${method}"`);
      const { value, transfer } = await handlers[method]!(argument as never);
      send({ facexformer: 'done', id, value }, transfer);
    } catch (error) {
      send({ facexformer: 'failed', id, error: plain(error) });
    }
  };
  port.addEventListener('message', ({ data }: { readonly data: Message | null }) => {
    if (typeof data !== 'object' || data === null) return;
    if (data.facexformer === 'call') answer(data.id, data.method, data.argument);
    else if (data.facexformer === 'done') settle(data.id)?.resolve(data.value);
    else if (data.facexformer === 'failed') settle(data.id)?.reject(revive(data.error));
  });
  const settle = (id: number) => {
    const call = waiting.get(id);
    waiting.delete(id);
    return call;
  };
  return {
    async call(method, argument, transfer) {
      if (gone) throw gone;
      last += 1;
      const pending = deferred<unknown>();
      waiting.set(last, pending);
      try {
        send({ facexformer: 'call', id: last, method, argument }, transfer);
      } catch (error) {
        settle(last)?.reject(error);
      }
      return pending.promise;
    },
    fail(error) {
      gone ??= error;
      for (const id of [...waiting.keys()]) settle(id)?.reject(error);
    },
  };
}

type PromiseWithResolvers<Value> = {
  readonly promise: Promise<Value>;
  readonly resolve: (value: Value) => void;
  readonly reject: (error: unknown) => void;
};

function deferred<Value>(): PromiseWithResolvers<Value> {
  let resolve!: (value: Value) => void;
  let reject!: (error: unknown) => void;
  const promise = new Promise<Value>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}

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
