import { FaceXFormerError } from '@facexformer/core';
import type { QueueOptions } from '@facexformer/queue';
import type { Output } from '../terminal/command.js';

/** Options of every command that goes to a queue. */
export const QUEUE_OPTIONS = {
  redis: { type: 'string' },
  queue: { type: 'string', default: 'photos' },
} as const;

/** Their lines in a command's help. */
export const QUEUE_HELP = `  --redis URL         redis://host:6379, rediss:// for TLS (default: REDIS_URL of the environment, which keeps a password
                      out of the list of processes, else redis://127.0.0.1:6379)
  --queue NAME        queues of different names know nothing of each other (default photos)`;

/** Where the queue of these options is. */
export const queueOf = (
  { redis, queue }: { readonly redis?: string | undefined; readonly queue: string },
  { err }: Output,
): QueueOptions => ({
  redis: redis ?? process.env.REDIS_URL ?? 'redis://127.0.0.1:6379',
  name: queue,
  say: err,
});

/**
 * The package that knows Redis, which is not installed with the command.
 * @throws {FaceXFormerError} `UNSUPPORTED` saying what to install.
 */
export async function loadQueue(): Promise<typeof import('@facexformer/queue')> {
  try {
    return await import('@facexformer/queue');
  } catch (cause) {
    if (!/^(ERR_)?MODULE_NOT_FOUND$/.test((cause as NodeJS.ErrnoException).code ?? '')) throw cause;
    throw new FaceXFormerError(
      'UNSUPPORTED',
      'queues need a package that is not installed: npm install @facexformer/queue, beside the command',
      { cause },
    );
  }
}
