import { createHash } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { main } from '../src/main.js';
import { collect } from './collect.js';

const CONTENT = Buffer.alloc(300_000, 'weights ');
const SHA256 = createHash('sha256').update(CONTENT).digest('hex');

let folder: string;
let server: Server;
let base: string;
const ranges: (string | undefined)[] = [];

/** Resolves once the file holds bytes: a server that broke off sooner would leave nothing to go on from. */
async function somethingArrived(path: string): Promise<void> {
  while (!existsSync(path) || statSync(path).size === 0) await setTimeout(5);
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'facexformer-'));
  server = createServer(({ url, headers }, response) => {
    const { range } = headers;
    ranges.push(range);
    const start = Number(/bytes=(\d+)-/.exec(range ?? '')?.[1] ?? 0);
    if (url === '/broken' && start === 0) {
      response.writeHead(200, { 'content-length': CONTENT.length });
      response.write(CONTENT.subarray(0, 100_000));
      void somethingArrived(join(folder, 'b.pt.partial')).then(() => response.destroy());
    } else if (url === '/missing') response.writeHead(404).end();
    else if (url === '/whole') response.writeHead(200, { 'content-length': CONTENT.length }).end(CONTENT);
    else response.writeHead(start > 0 ? 206 : 200).end(CONTENT.subarray(start));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.close();
  await rm(folder, { recursive: true });
});

async function pull(file: string, url: string, sha256 = SHA256) {
  const { output, lines, errors } = collect();
  const path = join(folder, file);
  const args = ['pull', 'facexformer-official', '--out', path, '--url', base + url, '--sha256', sha256];
  return { code: await main(args, output), path, out: lines.join('\n'), err: errors.join('\n') };
}

it('downloads, verifies, prints the path, and does not download again', async () => {
  const first = await pull('a.pt', '/fine');
  expect([first.code, first.out]).toEqual([0, first.path]);
  expect(await readFile(first.path)).toEqual(CONTENT);
  const requests = ranges.length;
  expect((await pull('a.pt', '/fine')).err).toContain('already here');
  expect(ranges).toHaveLength(requests);
});

it('goes on where an interrupted download stopped', async () => {
  const broken = await pull('b.pt', '/broken');
  expect(broken.code).toBe(1);
  expect(broken.err).toContain('run it again to go on (DOWNLOAD_FAILED)');
  expect(existsSync(broken.path)).toBe(false);
  const again = await pull('b.pt', '/broken');
  expect(again.code, again.err).toBe(0);
  expect(ranges.at(-1)).toMatch(/^bytes=[1-9]\d*-$/);
  expect(await readFile(again.path)).toEqual(CONTENT);
});

it('starts over with a server that does not know ranges', async () => {
  await writeFile(join(folder, 'c.pt.partial'), 'something else');
  expect((await pull('c.pt', '/whole')).code).toBe(0);
  expect(await readFile(join(folder, 'c.pt'))).toEqual(CONTENT);
});

it('refuses and deletes what has another hash, and reports a server that says no', async () => {
  const wrong = await pull('d.pt', '/fine', '0'.repeat(64));
  expect(wrong.code).toBe(1);
  expect(wrong.err).toContain('expected 000');
  expect(existsSync(wrong.path) || existsSync(`${wrong.path}.partial`)).toBe(false);
  expect((await pull('e.pt', '/missing')).err).toContain('answers 404');
});
