import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll } from 'vitest';

/** Whether this machine has a Redis; `tools/redis.mjs` installs it where it may. */
export const hasRedis = spawnSync('redis-server', ['--version']).status === 0;
if (!hasRedis)
  console.warn('\n*** SKIPPED: no redis-server on this machine, so the queue is NOT tested. ***\n');

/** A Redis of the tests' own that keeps what it holds in a file. */
export interface RedisServer {
  readonly address: string;
  /** Ends it in good order; it loses nothing. */
  stop(): Promise<void>;
  /** Starts it again on the same port, with what it held. */
  start(): Promise<void>;
}

/** A Redis for the tests of a file. */
export function useRedis(): RedisServer {
  let folder = '';
  let port = 0;
  let child: ChildProcess | undefined;
  const server = {
    get address() {
      return `redis://127.0.0.1:${port}`;
    },
    async stop() {
      const exit = once(child!, 'exit');
      child!.kill('SIGTERM');
      await exit;
    },
    async start() {
      const files = ['--dir', folder, '--appendonly', 'yes', '--appendfsync', 'always', '--save', ''];
      child = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', ...files]);
      for await (const line of createInterface({ input: child.stdout! })) {
        if (line.includes('Ready to accept connections')) return void child.stdout!.resume();
      }
      throw new Error('redis-server did not start');
    },
  };
  beforeAll(async () => {
    if (!hasRedis) return;
    folder = mkdtempSync(join(tmpdir(), 'redis-'));
    port = await freePort();
    await server.start();
  });
  afterAll(async () => {
    if (!hasRedis) return;
    await server.stop();
    rmSync(folder, { recursive: true });
  });
  return server;
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}
