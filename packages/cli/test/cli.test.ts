/** The built command as a process; without a build (`npm run build`) there is nothing to start. */
import { spawn, spawnSync } from 'node:child_process';
import { closeSync, existsSync, openSync } from 'node:fs';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fixturePath } from '@facexformer/test-utils/load';
import { describe, expect, it } from 'vitest';

const CLI = fileURLToPath(new URL('../dist/cli.js', import.meta.url));

function start(...args: string[]) {
  const child = spawn(process.execPath, [CLI, ...args]);
  let err = '';
  child.stderr.on('data', (chunk) => {
    err += chunk;
  });
  const ended = new Promise<{ code: number | null; err: string }>((resolve) => {
    child.on('close', (code) => resolve({ code, err }));
  });
  return { child, ended };
}

describe.skipIf(!existsSync(CLI))('the command', () => {
  it('exits with 2 for a wrong argument', async () => {
    const { code, err } = await start('dance').ended;
    expect([code, err]).toEqual([
      2,
      'facexformer: there is no command and no photo "dance"; facexformer --help lists commands\n',
    ]);
  });

  it('takes it calmly when its reader goes away', async () => {
    const { child, ended } = start('analyze', fixturePath('astronaut.png'));
    child.stdout.destroy();
    const { err } = await ended;
    expect(err).not.toContain('EPIPE');
  });

  it('keeps its results when the reader of its messages goes away', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'facexformer-'));
    const json = join(folder, 'faces.json');
    const { child, ended } = start('analyze', fixturePath('astronaut.png'), '--json', json);
    child.stderr.destroy();
    expect((await ended).code).toBe(0);
    expect(JSON.parse(await readFile(json, 'utf8')).faces).toHaveLength(1);
    await rm(folder, { recursive: true });
  });

  it.runIf(process.platform === 'linux')('says with 1 that its results could not be printed', async () => {
    const full = openSync('/dev/full', 'w');
    const stdio = ['ignore', full, 'pipe'] as const;
    const { status, stderr } = spawnSync(process.execPath, [CLI, '--help'], {
      stdio: [...stdio],
      encoding: 'utf8',
    });
    closeSync(full);
    expect(status).toBe(1);
    expect(stderr).toMatch(/^facexformer: standard output cannot be written: ENOSPC/);
  });

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('stops at %s with %i and keeps what a download has', async (signal, expected) => {
    const folder = await mkdtemp(join(tmpdir(), 'facexformer-'));
    const server = createServer((_, response) => {
      response.writeHead(200, { 'content-length': 1_000_000 });
      response.write(Buffer.alloc(500_000)); // and never the rest
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const out = join(folder, 'model.pt');
    const sha256 = '0'.repeat(64);
    const { child, ended } = start(
      'pull',
      'facexformer-official',
      '--url',
      url,
      '--sha256',
      sha256,
      '--out',
      out,
    );
    child.stderr.on('data', (chunk) => String(chunk).includes('50 %') && child.kill(signal));
    const { code, err } = await ended;
    expect([code, err.split('\n').at(-2)]).toEqual([expected, 'facexformer: interrupted']);
    expect((await stat(`${out}.partial`)).size).toBeGreaterThan(0);
    server.closeAllConnections();
    server.close();
    await rm(folder, { recursive: true });
  });
});
