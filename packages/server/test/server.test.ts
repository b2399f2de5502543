import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createServer, type FaceServer, type FaceServerOptions } from '../src/index.js';
import { heldAnalyzer, post } from './held-analyzer.js';

const servers: FaceServer[] = [];
afterEach(async () => {
  vi.useRealTimers();
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function open(options: Partial<FaceServerOptions> = {}) {
  const held = heldAnalyzer();
  const server = await createServer({ analyzer: held.analyzer, ...options });
  servers.push(server);
  return { ...held, server, call: server.app.inject.bind(server.app) };
}

/** A form with files, by field. */
function form(...files: readonly (readonly [field: string, bytes: string])[]) {
  const parts = files.map(
    ([field, bytes]) =>
      `--x\r\nContent-Disposition: form-data; name="${field}"; filename="a.jpg"\r\nContent-Type: image/jpeg\r\n\r\n${bytes}\r\n`,
  );
  const headers = { 'content-type': 'multipart/form-data; boundary=x' };
  return { method: 'POST' as const, url: '/analyze', headers, payload: `${parts.join('')}--x--\r\n` };
}

it('answers a photo, as body or in a form', async () => {
  const { call, release } = await open();
  const face = (score: number) => expect.objectContaining({ score });
  const answer = { width: 4, height: 4, model: { name: 'held', trained: true }, device: 'cpu' };
  const body = await release(call(post([7, 8])));
  expect([body.statusCode, body.json()]).toEqual([200, { ...answer, faces: [face(7), face(8)] }]);
  const inForm = await release(call(form(['photo', 'A'])));
  expect(inForm.json()).toEqual({ ...answer, faces: [face(65)] });
});

it('answers with a picture where an overlay is asked for', async () => {
  const { call, release } = await open();
  const { headers, rawPayload } = await release(call(post([1], '/analyze?overlay=true')));
  expect(headers['content-type']).toBe('image/png');
  expect(rawPayload.subarray(1, 4).toString()).toBe('PNG');
});

describe('a wrong call gets an error with a code', () => {
  const limits = { maxBytes: 64, maxFaces: 3 };
  const analyze = { method: 'POST', url: '/analyze' } as const;
  it.each([
    ['another content type', 415, 'UNSUPPORTED_TYPE', { ...analyze, payload: { a: 1 } }],
    ['no content type', 415, 'UNSUPPORTED_TYPE', { ...analyze, payload: Buffer.from('a') }],
    ['nothing', 400, 'BAD_CALL', analyze],
    ['an unknown parameter', 400, 'BAD_CALL', post([1], '/analyze?photo=http://127.0.0.1/')],
    ['a parameter twice', 400, 'BAD_CALL', post([1], '/analyze?tasks=age&tasks=age')],
    ['a task without a name', 400, 'BAD_CALL', post([1], '/analyze?tasks=age,')],
    ['an impossible overlay', 400, 'BAD_CALL', post([1], '/analyze?overlay=yes')],
    ['too many bytes', 413, 'TOO_LARGE', post(new Array(65).fill(1))],
    ['too many bytes in a form', 413, 'TOO_LARGE', form(['photo', 'a'.repeat(65)])],
    ['two photos', 400, 'BAD_CALL', form(['photo', 'a'], ['photo', 'b'])],
    ['a form without a photo', 400, 'BAD_CALL', form(['picture', 'a'])],
    ['an empty form', 400, 'BAD_CALL', form()],
    ['a form that ends early', 400, 'BAD_CALL', { ...form(), payload: '--x\r\nContent-Dispo' }],
    ['too many faces', 422, 'TOO_MANY_FACES', post([1, 2, 3, 4])],
    ['another path', 404, 'NO_SUCH_ROUTE', { ...post([1]), url: '/' }],
    ['another method', 404, 'NO_SUCH_ROUTE', { method: 'GET', url: '/analyze' }],
    ['a path that is none', 400, 'BAD_CALL', { method: 'GET', url: '/%zz' }],
  ] as const)('%s: %i %s', async (_, status, code, request) => {
    const { call, release } = await open({ limits });
    const { statusCode, headers, body } = await release(call(request as never));
    expect([statusCode, JSON.parse(body)]).toEqual([
      status,
      { error: { code, message: expect.any(String) } },
    ]);
    expect(headers['content-type']).toContain('application/json');
  });
});

it('tells callers nothing of its own faults, and its log all', async () => {
  const lines: string[] = [];
  const { call, release } = await open({ logger: { stream: { write: (line: string) => lines.push(line) } } });
  const { statusCode, body } = await release(call(post([255, 7], '/analyze?tasks=face-of-somebody')));
  expect(statusCode).toBe(500);
  expect(body).not.toContain('secret');
  const log = lines.join('');
  expect(log).toContain('secret path');
  expect(log).not.toContain('face-of-somebody');
});

it('lets no more calls wait than it may, and says when to try again', async () => {
  const { call, release, arrived, seen } = await open({ limits: { atOnce: 1, maxWaiting: 1 } });
  const first = call(post([1]));
  const second = call(post([2]));
  await arrived(1);
  const third = await call(post([3]));
  expect([third.statusCode, third.headers['retry-after'], third.json().error.code]).toEqual([
    429,
    '1',
    'BUSY',
  ]);
  expect(seen).toHaveLength(1);
  const [a, b] = await release(Promise.all([first, second]));
  expect([a, b].map(({ statusCode, body }) => [statusCode, JSON.parse(body).faces[0].score])).toEqual([
    [200, 1],
    [200, 2],
  ]);
  expect((await release(call(post([4])))).statusCode).toBe(200);
});

it('answers what it has taken in when it is closed, however long that takes, and takes in no more', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const { release, arrived, server } = await open({ limits: { atOnce: 1 } });
  const url = await server.listen({ port: 0 });
  const call = async (path: string, body?: Uint8Array<ArrayBuffer>) => {
    const method = body ? 'POST' : 'GET';
    const headers = { 'content-type': 'image/jpeg' };
    const response = await fetch(url + path, { method, headers, ...(body && { body: new Blob([body]) }) });
    const { status, headers: answered } = response;
    const [kept, again] = [answered.get('connection'), answered.get('retry-after')];
    return { status, kept, again, body: await response.json() };
  };
  const accepted = [call('/analyze', Uint8Array.of(1))];
  await arrived(1);
  const closing = server.close();
  const late = await call('/analyze', Uint8Array.of(3));
  expect([late.status, late.body.error.code, late.kept, late.again]).toEqual([503, 'CLOSING', 'close', '1']);
  expect((await call('/readyz')).body.error.code).toBe('CLOSING');
  expect((await call('/healthz')).status).toBe(200);
  vi.advanceTimersByTime(60_000);
  const answers = await release(Promise.all(accepted));
  expect(answers.map(({ status, kept }) => [status, kept])).toEqual([[200, 'close']]);
  await closing;
  await expect(call('/healthz')).rejects.toThrow();
});

it('stops the work of a caller that leaves, and gives its turn to the next', async () => {
  const { release, arrived, server, signals } = await open({ limits: { atOnce: 1, maxWaiting: 1 } });
  const url = `${await server.listen({ port: 0 })}/analyze`;
  const call = (signal?: AbortSignal) =>
    fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'image/jpeg' },
      body: new Blob(['a']),
      ...(signal && { signal }),
    });
  const leaves = new AbortController();
  const left = call(leaves.signal);
  await arrived(1);
  leaves.abort();
  await expect(left).rejects.toThrow();
  const [signal] = signals;
  if (!signal!.aborted) await once(signal!, 'abort');
  expect((await release(call())).status).toBe(200);
});

it('takes no call without its token, but for the probes', async () => {
  const token = 'c0ffee'.repeat(6);
  const { call, release } = await open({ token });
  const withHeader = (authorization: string) => {
    const request = post([1]);
    return release(call({ ...request, headers: { ...request.headers, authorization } }));
  };
  for (const wrong of ['', token, `Bearer ${token.slice(1)}`, `Bearer ${token}x`, 'Bearer ']) {
    const { statusCode, headers, body } = await withHeader(wrong);
    expect([statusCode, headers['www-authenticate'], JSON.parse(body).error.code]).toEqual([
      401,
      'Bearer',
      'NO_TOKEN',
    ]);
  }
  expect((await withHeader(`Bearer ${token}`)).statusCode).toBe(200);
  const urls = ['/healthz', '/readyz', '/metrics', '/openapi.json', '/nothing'];
  const statuses = await Promise.all(urls.map(async (url) => (await call({ url })).statusCode));
  expect(statuses).toEqual([200, 200, 401, 401, 401]);
});

it('listens to this machine alone, unless it has a token', async () => {
  const { server } = await open();
  for (const host of ['0.0.0.0', '::', '192.168.0.1', 'example.org']) {
    await expect(server.listen({ host, port: 0 })).rejects.toMatchObject({ code: 'BAD_OPTION' });
  }
  expect(await server.listen({ port: 0 })).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  await expect(open({ token: 'short' })).rejects.toMatchObject({ code: 'BAD_OPTION' });
});

it('waits no longer for a photo than it says', async () => {
  const { server } = await open({ clientSeconds: 0.2 });
  const { port } = new URL(await server.listen({ port: 0 }));
  const socket = connect(Number(port), '127.0.0.1');
  socket.write('POST /analyze HTTP/1.1\r\nHost: a\r\nContent-Type: image/png\r\nContent-Length: 9\r\n\r\n1');
  expect(await text(socket)).toMatch(/^HTTP\/1\.1 408 .*"TIMEOUT"/s);
});

it.each([
  [undefined],
  [{}],
  [{ analyzer: {} }],
  [{ clientSeconds: Number.NaN }],
  [{ clientSeconds: '5' }],
  [{ token: 5 }],
  [{ limits: { maxByte: 5 } }],
  [{ limits: { maxBytes: -1 } }],
  [{ limits: null }],
])('refuses the options %j', async (options) => {
  const { analyzer } = heldAnalyzer();
  const given =
    options && Object.keys(options).some((name) => name !== 'analyzer') ? { analyzer, ...options } : options;
  await expect(createServer(given as never)).rejects.toMatchObject({ code: 'BAD_OPTION' });
});

it('describes its routes, and counts its calls', async () => {
  const { call, release } = await open();
  const { openapi, paths } = (await call({ url: '/openapi.json' })).json();
  expect(openapi).toBe('3.1.0');
  expect(Object.keys(paths)).toEqual(['/analyze', '/healthz', '/readyz', '/metrics']);
  const { requestBody, responses } = paths['/analyze'].post;
  expect(Object.keys(requestBody.content)).toContain('multipart/form-data');
  expect(Object.keys(responses)).toEqual([
    '200',
    '400',
    '401',
    '408',
    '413',
    '415',
    '422',
    '429',
    '500',
    '503',
  ]);
  const { items } = responses[200].content['application/json'].schema.properties.faces;
  expect(Object.keys(items.properties)).toContain('age');
  await release(call(post([1, 2])));
  const text = (await call({ url: '/metrics' })).body;
  expect(text).toContain('facexformer_call_seconds_count{status="200"}');
  expect(text).toMatch(/facexformer_photo_faces_sum 2\b/);
  expect(text).toContain('facexformer_calls{state="running"} 0');
  expect(text).toContain('nodejs_eventloop_lag_p99_seconds');
});
