import type { lookup } from 'node:dns';
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { FetchRules } from '../../src/addresses/fetch-rules.js';
import { createPhotoFetcher } from '../../src/addresses/photo-fetcher.js';

let server: Server;
let host: string;
/** Paths that were really asked for. */
const asked: string[] = [];

const ANSWERS: Readonly<Record<string, RequestListener>> = {
  '/photo': (_, answer) => answer.end('photo'),
  '/long': (_, answer) => answer.end('x'.repeat(1001)),
  '/chunked': (_, answer) => {
    answer.write('x'.repeat(600));
    answer.end('x'.repeat(600));
  },
  '/endless': (_, answer) => {
    const more = (): void => void answer.write('x'.repeat(400), more);
    more();
  },
  '/packed': (_, answer) => answer.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('photo')),
  '/silent': () => undefined,
  '/stalls': (_, answer) => answer.write('x'),
  '/breaks': (_, answer) =>
    answer.writeHead(200, { 'content-length': 10 }).write('x', () => answer.destroy()),
  '/gone': (_, answer) => answer.writeHead(404).end(),
  '/busy': (_, answer) => answer.writeHead(503).end(),
  '/here': (_, answer) => answer.writeHead(302, { location: '/photo' }).end(),
  '/round': (_, answer) => answer.writeHead(302, { location: '/round' }).end(),
  '/away': (_, answer) => answer.writeHead(302, { location: 'http://other.example/secret' }).end(),
  '/inside': (_, answer) =>
    answer
      .writeHead(302, { location: `http://localhost:${(server.address() as AddressInfo).port}/photo` })
      .end(),
  '/file': (_, answer) => answer.writeHead(302, { location: 'file:///etc/passwd' }).end(),
};

beforeAll(async () => {
  server = createServer((request, answer) => {
    const path = request.url!.split('?')[0]!;
    asked.push(path);
    ANSWERS[path]?.(request, answer);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

async function fetch(address: string, rules: FetchRules, resolve?: typeof lookup): Promise<string> {
  const fetcher = createPhotoFetcher(rules, resolve);
  try {
    return Buffer.from(await fetcher.fetch(address)).toString();
  } finally {
    fetcher.close();
  }
}

const allowed = (more: FetchRules = {}): FetchRules => ({ privateHosts: [host], maxBytes: 1000, ...more });

it('fetches from an allowed host, through a redirect too', async () => {
  expect(await fetch(`http://${host}/photo?a=1`, allowed())).toBe('photo');
  expect(await fetch(`http://${host}/here`, allowed())).toBe('photo');
});

it.each([
  ['/long', 'BAD_IMAGE', /1001 bytes, more than the 1000/],
  ['/chunked', 'BAD_IMAGE', /more than the 1000/],
  ['/endless', 'BAD_IMAGE', /more than the 1000/],
  ['/packed', 'DOWNLOAD_FAILED', /packed/],
  ['/breaks', 'DOWNLOAD_FAILED', /cannot be fetched/],
  ['/gone', 'NOT_FOUND', /404/],
  ['/busy', 'DOWNLOAD_FAILED', /503/],
  ['/round', 'DOWNLOAD_FAILED', /more than 3 times/],
  ['/away', 'BAD_OPTION', /other\.example is not allowed/],
  ['/inside', 'BAD_OPTION', /localhost:\d+ is not allowed/],
  ['/file', 'BAD_OPTION', /file:/],
])('%s is refused', async (path, code, message) => {
  const failure = await fetch(`http://${host}${path}?token=secret`, allowed()).catch(
    (error: unknown) => error,
  );
  expect(failure).toMatchObject({ code, message: expect.stringMatching(message) });
  expect((failure as Error).message).not.toContain('token');
});

it.each(['/silent', '/stalls'])('%s ends with its time', async (path) => {
  await expect(fetch(`http://${host}${path}`, allowed({ seconds: 0.05 }))).rejects.toMatchObject({
    code: 'DOWNLOAD_FAILED',
    message: expect.stringContaining('took longer'),
  });
});

it('follows no redirect where none may be', async () => {
  await expect(fetch(`http://${host}/here`, allowed({ redirects: 0 }))).rejects.toThrow(/more than 0 times/);
});

it('connects to nobody whose host is not allowed', async () => {
  asked.length = 0;
  await expect(fetch(`http://${host}/photo`, {})).rejects.toMatchObject({ code: 'BAD_OPTION' });
  await expect(fetch(`http://${host}/photo`, { hosts: ['127.0.0.1'] })).rejects.toThrow(/not allowed/); // another port
  expect(asked).toEqual([]);
});

it.each(['127.0.0.1', '2130706433', '0x7f.1', '[::1]', '[::ffff:127.0.0.1]'])(
  'refuses the private address %s unless it is allowed as one',
  async (name) => {
    asked.length = 0;
    const { port } = server.address() as AddressInfo;
    const rules = { hosts: [`${name}:${port}`] };
    await expect(fetch(`http://${name}:${port}/photo`, rules)).rejects.toThrow(/at a private address/);
    expect(asked).toEqual([]);
  },
);

it('checks what a name stands for, and asks once', async () => {
  const { port } = server.address() as AddressInfo;
  const answers = [['93.184.215.14', '127.0.0.1'], ['127.0.0.1']];
  const asks: string[] = [];
  const resolve = ((name: string, _: unknown, done: (error: null, found: object[]) => void) => {
    asks.push(name);
    done(
      null,
      answers.shift()!.map((address) => ({ address, family: 4 })),
    );
  }) as unknown as typeof lookup;
  const address = `http://photos.example:${port}/photo`;
  asked.length = 0;
  await expect(fetch(address, { hosts: [`photos.example:${port}`] }, resolve)).rejects.toThrow(
    /private address/,
  );
  expect(asked).toEqual([]);
  expect(await fetch(address, { privateHosts: [`photos.example:${port}`] }, resolve)).toBe('photo');
  expect(asks).toEqual(['photos.example', 'photos.example']);
});

it.each(['', 'http://a.example', 'a.example/b', 'user@a.example', 'a b'])('refuses the host %j', (name) => {
  expect(() => createPhotoFetcher({ hosts: [name] })).toThrow(/names no host/);
});
