import { FaceXFormerError } from '@facexformer/core';
import { Redis } from 'ioredis';

/** Told of what a person may want to know, in a line. */
export type Say = (line: string) => void;

/**
 * Connects to Redis. A connection that is lost later comes back by itself, and what was asked meanwhile is answered
 * then.
 * @param address `redis://[[user]:password@]host[:port][/database]`, or `rediss://` for TLS
 * @param say told when Redis goes and when it is back
 * @throws {FaceXFormerError} `BAD_OPTION` for another address, `UNREACHABLE` when no Redis answers at first.
 */
export async function connect(address: string, say: Say = () => undefined): Promise<Redis> {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (!url || !/^rediss?:$/.test(url.protocol)) {
    throw new FaceXFormerError(
      'BAD_OPTION',
      'the address of Redis must read redis://host:6379 or rediss://host:6379',
    );
  }
  const place = `Redis at ${url.host}`; // without the password
  const redis = new Redis(address, { maxRetriesPerRequest: null, lazyConnect: true });
  let reason: Error | undefined;
  redis.on('error', (error: Error) => {
    reason = error;
  });
  try {
    await redis.connect();
    await redis.ping();
  } catch (error) {
    redis.disconnect();
    const { message } = reason ?? (error as Error);
    throw new FaceXFormerError(
      'UNREACHABLE',
      `${place} does not answer (${message}): is it running, and is this its address?`,
    );
  }
  let isLost = false;
  redis.on('close', () => {
    if (!isLost && redis.status !== 'end') say(`${place} is gone; waiting for it`);
    isLost = true;
  });
  redis.on('ready', () => {
    isLost = false;
    say(`${place} is back`);
  });
  return redis;
}
