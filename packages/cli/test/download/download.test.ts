import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import { type AddressInfo, connect, createServer as createSocketServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lockFile } from '@facexformer/files';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { pull } from '../../src/commands/pull.js';
import { type DownloadOptions, download } from '../../src/download/download.js';
import { collect } from '../collect.js';

const CONTENT = Buffer.alloc(300_000, 'weights ');
const SHA256 = createHash('sha256').update(CONTENT).digest('hex');

let folder: string;
let server: Server;
let answer: RequestListener;
const ranges: (string | undefined)[] = [];
const path = (): string => join(folder, 'model.pt');

/** A server that does all right. */
const good: RequestListener = ({ headers }, response) => {
  const start = Number(/^bytes=(\d+)-$/.exec(headers.range ?? '')?.[1] ?? 0);
  if (start >= CONTENT.length) response.writeHead(416).end();
  else if (start === 0) response.writeHead(200, { 'content-length': CONTENT.length }).end(CONTENT);
  else sendFrom(response, start, start);
};

function sendFrom(response: ServerResponse, start: number, said: number): void {
  const range = `bytes ${said}-${CONTENT.length - 1}/${CONTENT.length}`;
  response.writeHead(206, { 'content-range': range }).end(CONTENT.subarray(start));
}

/** Announces all, sends a third and goes no further. */
const third = (response: ServerResponse, then: () => void): void => {
  response.writeHead(200, { 'content-length': CONTENT.length });
  response.write(CONTENT.subarray(0, 100_000), then);
};

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'download-'));
  ranges.length = 0;
  answer = good;
  server = createServer((request, response) => {
    ranges.push(request.headers.range);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true });
});

const urlOf = (of: Pick<Server, 'address'>): string =>
  `http://127.0.0.1:${(of.address() as AddressInfo).port}/model`;

const get = (options: Partial<DownloadOptions> = {}): Promise<boolean> =>
  download({
    url: urlOf(server),
    sha256: SHA256,
    path: path(),
    signal: new AbortController().signal,
    ...options,
  });

async function getPart(size = 100_000): Promise<void> {
  writeFileSync(`${path()}.partial`, CONTENT.subarray(0, size));
}

it('downloads, verifies, prints the path, and does not download again', async () => {
  const args = ['facexformer-official', '--out', path(), '--url', urlOf(server), '--sha256', SHA256];
  const { output, lines, errors } = collect();
  await pull.run(args, output);
  expect([lines, errors.at(-1)]).toEqual([[path()], 'downloaded and verified']);
  expect(readFileSync(path())).toEqual(CONTENT);
  await pull.run(args, output);
  expect(errors.at(-1)).toBe('already here, verified');
  expect([ranges.length, readdirSync(folder)]).toEqual([1, ['model.pt']]);
});

it('goes on where an interrupted download stopped', async () => {
  const abort = new AbortController();
  answer = (_, response) => third(response, () => undefined);
  const broken = get({ signal: abort.signal, onProgress: () => abort.abort() });
  await expect(broken).rejects.toMatchObject({ code: 'ABORTED' });
  expect(readdirSync(folder)).toEqual(['model.pt.partial']);
  answer = good;
  expect(await get()).toBe(true);
  expect(ranges.at(-1)).toMatch(/^bytes=[1-9]\d*-$/);
  expect(readFileSync(path())).toEqual(CONTENT);
});

it('starts over with a server that does not know ranges', async () => {
  await getPart();
  answer = (_, response) => response.writeHead(200, { 'content-length': CONTENT.length }).end(CONTENT);
  expect(await get()).toBe(true);
  expect(readFileSync(path())).toEqual(CONTENT);
});

it('finishes what had arrived in full', async () => {
  await getPart(CONTENT.length);
  expect(await get()).toBe(true);
  await getPart(CONTENT.length);
  rmSync(path());
  expect(await get({ bytes: CONTENT.length })).toBe(true);
  expect(ranges).toHaveLength(1);
});

it('deletes what has another hash, and keeps the file that stands there', async () => {
  writeFileSync(path(), 'mine');
  await expect(get({ sha256: '0'.repeat(64) })).rejects.toThrow(`has SHA-256 ${SHA256}, expected 0000`);
  expect(readdirSync(folder)).toEqual(['model.pt']);
  expect(readFileSync(path(), 'utf8')).toBe('mine');
});

it.each([
  ['sha256', 'nonsense'],
  ['url', 'model.pt'],
  ['url', 'file:///etc/hostname'],
])('asks nobody when %s is %s', async (option, value) => {
  await expect(get({ [option]: value })).rejects.toMatchObject({ code: 'BAD_OPTION' });
  expect([ranges, readdirSync(folder)]).toEqual([[], []]);
});

it('is the only one at it', async () => {
  await using _ = await lockFile(path());
  await expect(get()).rejects.toMatchObject({
    code: 'LOCKED',
    message: expect.stringContaining(`${process.pid}`),
  });
  writeFileSync(path(), CONTENT);
  expect(await get()).toBe(false); // what is verified needs no lock, and nobody touches it
});

it.each<[string, RequestListener, string]>([
  ['says no', (_, response) => response.writeHead(404).end(), 'answers 404'],
  [
    'sends another length',
    (_, response) => response.writeHead(200, { 'content-length': 7 }).end('7 bytes'),
    'announces 7 bytes, expected 300000',
  ],
  [
    'does not tell the length',
    (_, response) => response.writeHead(200, { 'transfer-encoding': 'chunked' }).end(CONTENT),
    'does not say how long',
  ],
  [
    'sends another part',
    (_, response) => sendFrom(response, 5, 5),
    'sends from byte 5 on, byte 100000 was asked for',
  ],
])('refuses a server that %s, and keeps what it has', async (_, listener, message) => {
  await getPart();
  answer = listener;
  await expect(get({ bytes: CONTENT.length })).rejects.toMatchObject({
    code: 'DOWNLOAD_FAILED',
    message: expect.stringContaining(message),
  });
  expect(readdirSync(folder)).toEqual(['model.pt.partial']);
});

it('writes no more than was announced', async () => {
  await getPart();
  answer = (_, response) => {
    response.writeHead(206, { 'content-range': 'bytes 100000-100009/100010' }).end(CONTENT);
  };
  await expect(get()).rejects.toThrow('more than the 100010 bytes');
  expect(readdirSync(folder)).toEqual([]);
});

it('gives up on a server that falls silent, and says whether it can go on', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const asked = new Promise<void>((resolve) => {
    answer = () => resolve();
  });
  const unanswered = get().catch((error: Error) => error.message);
  await asked;
  vi.advanceTimersByTime(60_000);
  expect(await unanswered).toContain('cannot be fetched: nothing came for 60 s');
  expect(readdirSync(folder)).toEqual([]);
  answer = (_, response) => third(response, () => undefined);
  let stuck = Promise.resolve('');
  await new Promise<void>((resolve) => {
    stuck = get({ onProgress: (done) => done === 100_000 && resolve() }).then(
      () => 'done',
      (error: Error) => error.message,
    );
  });
  vi.advanceTimersByTime(60_000);
  expect(await stuck).toContain('broke off: nothing came for 60 s; run it again to go on');
  expect(readdirSync(folder)).toEqual(['model.pt.partial']);
});

it('says what is wrong with the network', async () => {
  vi.stubEnv('HTTPS_PROXY', '');
  vi.stubEnv('https_proxy', '');
  vi.stubEnv('HTTP_PROXY', '');
  vi.stubEnv('http_proxy', '');
  answer = (_, response) => third(response, () => response.destroy());
  await expect(get()).rejects.toThrow('the connection was cut (UND_ERR_SOCKET); run it again to go on');
  rmSync(`${path()}.partial`);
  await expect(get({ url: 'http://name.invalid/' })).rejects.toThrow(
    /cannot be fetched: .* \((ENOTFOUND|EAI_AGAIN)\)$/,
  );
  const closed = createSocketServer();
  await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
  const url = urlOf(closed);
  await new Promise((resolve) => closed.close(resolve));
  await expect(get({ url })).rejects.toThrow('cannot be fetched: the connection was refused (ECONNREFUSED)');
  await expect(get({ url: urlOf(server).replace('http', 'https') })).rejects.toThrow(
    /cannot be fetched: .*SSL/i,
  );
  expect(existsSync(`${path()}.partial`)).toBe(false);
});

it('goes through the proxy that the environment names, and not for hosts that it leaves out', async () => {
  const asked: (string | undefined)[] = [];
  const proxy = createServer().on('connect', ({ url: host }: IncomingMessage, socket: Socket) => {
    asked.push(host);
    const there = connect((server.address() as AddressInfo).port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      there.pipe(socket).pipe(there);
    });
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  vi.stubEnv('http_proxy', new URL(urlOf(proxy)).origin);
  vi.stubEnv('no_proxy', '127.0.0.1');
  await get();
  expect(asked).toEqual([]);
  rmSync(path());
  vi.stubEnv('no_proxy', '');
  await get({ url: 'http://weights.invalid/model' });
  expect(asked).toEqual(['weights.invalid:80']);
  expect(readFileSync(path())).toEqual(CONTENT);
  proxy.closeAllConnections();
  proxy.close();
});
