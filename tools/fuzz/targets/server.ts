import { connect } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { createAnalyzer, openCheckpoint } from '@facexformer/core';
import { fileSource, nodeRuntime } from '@facexformer/runtime-node';
import { createServer } from '@facexformer/server';
import { allTasks } from '@facexformer/tasks';
import { repositoryUrl } from '@facexformer/test-utils/repository-url';
import { plain } from '@facexformer/test-utils/tiny-faces';
import { mutateBytes } from '../mutate.ts';
import { type Target, target } from '../target.ts';

const FORM = 'multipart/form-data; boundary=x';
const TOKENS = [
  ...['\r\n', '\r\n\r\n', ' ', ':', 'Content-Length: 0', 'Content-Length: -1', 'Content-Length: 99999999999'],
  ...[
    'Transfer-Encoding: chunked',
    'Expect: 100-continue',
    'Content-Encoding: gzip',
    '--x--',
    '%00',
    '%',
    '../',
  ],
  ...['HTTP/1.0', 'HTTP/2', 'GET ', 'tasks=', 'overlay=true', '?', '&', '__proto__', '\0', '\u001b[2J'],
];

/** A request with a body, as bytes. */
const request = (line: string, type: string, body: Uint8Array | string): Buffer =>
  Buffer.concat([
    Buffer.from(
      `${line} HTTP/1.1\r\nHost: a\r\nContent-Type: ${type}\r\nContent-Length: ${body.length}\r\n\r\n`,
    ),
    Buffer.from(body),
  ]);

/** Bytes that reach the server's port, up to what answers them. */
export const SERVER: readonly Target[] = [
  target('server', 'bytes sent to the port of a server', async () => {
    const photo = await plain(40, 40, '#c96');
    const part = '--x\r\nContent-Disposition: form-data; name="photo"; filename="a.png"\r\n\r\n';
    const form = Buffer.concat([Buffer.from(part), photo, Buffer.from('\r\n--x--\r\n')]);
    const seeds = [
      request('POST /analyze', 'image/png', photo),
      request('POST /analyze?tasks=age,gender&overlay=true', 'application/octet-stream', photo),
      request('POST /analyze', FORM, form),
      request('POST /analyze', 'application/json', '{"photo": "http://127.0.0.1/"}'),
      ...['healthz', 'readyz', 'metrics', 'openapi.json', ''].map((path) =>
        Buffer.from(`GET /${path} HTTP/1.1\r\nHost: a\r\n\r\n`),
      ),
    ];
    const analyzer = await createAnalyzer({
      runtime: nodeRuntime({ device: 'cpu', threads: 1 }),
      checkpoint: await openCheckpoint(
        await fileSource(repositoryUrl('packages/model-mini/weights/mini.safetensors')),
      ),
      tasks: allTasks(),
    });
    const server = await createServer({ analyzer, limits: { maxBytes: 1e5 } });
    const port = Number(new URL(await server.listen({ port: 0 })).port);
    return {
      input: (random) =>
        random() < 0.3
          ? request('POST /analyze', 'image/png', mutateBytes(random, [photo]))
          : mutateBytes(random, seeds, TOKENS),
      attempt: async (bytes) => {
        const socket = connect(port, '127.0.0.1');
        socket.on('error', () => undefined); // the server may close before it has read all
        socket.end(bytes);
        const answers = (await buffer(socket).catch(() => Buffer.alloc(0))).toString('latin1');
        const failures = /^HTTP\/1\.1 5(?!03)\d\d.*$/m.exec(answers);
        if (failures) throw new Error(`the server answers ${failures[0]}`);
      },
    };
  }),
];
