import { afterEach, describe, expect, it, vi } from 'vitest';
import { FaceXFormerError } from '../../src/base/errors.js';
import { connect, type Handlers, type Peer } from '../../src/remote/rpc.js';

const channels: MessageChannel[] = [];

function join(port: MessagePort, handlers: Handlers): Peer {
  const peer = connect(
    { postMessage: (message, transfer) => port.postMessage(message, transfer as Transferable[]) },
    handlers,
  );
  port.addEventListener('message', ({ data }) => peer.receive(data));
  return peer;
}

function pair(handlers: Handlers) {
  const channel = new MessageChannel();
  channels.push(channel);
  channel.port1.start();
  channel.port2.start();
  join(channel.port2, handlers);
  return { peer: join(channel.port1, {}), port: channel.port2 };
}

describe('connect', () => {
  afterEach(() => {
    for (const { port1 } of channels.splice(0)) port1.close();
  });

  it('answers each call with its own result, in any order', async () => {
    const answers = new Map<string, (answer: { value: unknown }) => void>();
    const { peer } = pair({ ask: (name: string) => new Promise((resolve) => answers.set(name, resolve)) });
    const first = peer.call('ask', 'first');
    const second = peer.call('ask', 'second');
    await vi.waitUntil(() => answers.size === 2);
    answers.get('second')!({ value: 2 });
    expect(await second).toBe(2);
    answers.get('first')!({ value: 1 });
    expect(await first).toBe(1);
  });

  it('hands over what is to be transferred', async () => {
    const bytes = new Uint8Array(8);
    const { peer } = pair({ size: async ({ byteLength }: Uint8Array) => ({ value: byteLength }) });
    expect(await peer.call('size', bytes, { transfer: [bytes.buffer] })).toBe(8);
    expect(bytes.byteLength).toBe(0);
  });

  it('keeps the code, message and details of errors', async () => {
    const { peer } = pair({
      fail: () => Promise.reject(new FaceXFormerError('BAD_IMAGE', 'too dark', { details: { lux: 1 } })),
      crash: () => Promise.reject(new TypeError('x is undefined')),
    });
    await expect(peer.call('fail', 0)).rejects.toMatchObject({
      code: 'BAD_IMAGE',
      message: 'too dark',
      details: { lux: 1 },
    });
    await expect(peer.call('crash', 0)).rejects.toMatchObject({
      code: 'RUNTIME',
      message: expect.stringMatching(/x is undefined/),
    });
  });

  it.each(['unknown', 'toString', 'constructor', '__proto__'])('has no method "%s"', async (method) => {
    const { peer } = pair({});
    await expect(peer.call(method, 0)).rejects.toMatchObject({
      code: 'RUNTIME',
      message: expect.stringContaining(`"${method}"`),
    });
  });

  it('ends a call whose error cannot be sent as it is', async () => {
    const circle: Record<string, unknown> = {};
    circle.self = circle;
    const { peer } = pair({
      circle: () => Promise.reject(new FaceXFormerError('BAD_TENSOR', 'round', { details: circle })),
      huge: () => Promise.reject(new FaceXFormerError('BAD_TENSOR', 'huge', { details: { size: 1n } })),
      bare: () => Promise.reject(Object.create(null)),
      value: async () => ({ value: () => 1 }),
    });
    await expect(peer.call('circle', 0)).rejects.toMatchObject({ code: 'BAD_TENSOR', details: {} });
    await expect(peer.call('huge', 0)).rejects.toMatchObject({ message: 'huge', details: {} });
    await expect(peer.call('bare', 0)).rejects.toMatchObject({ code: 'RUNTIME' });
    await expect(peer.call('value', 0)).rejects.toThrow(/could not be cloned/);
  });

  it('rejects what cannot be sent', async () => {
    const { peer } = pair({});
    await expect(peer.call('any', () => 1)).rejects.toThrow(/could not be cloned/);
  });

  it('ends running and later calls when the other end is gone', async () => {
    const { peer } = pair({ never: () => new Promise(() => undefined) });
    const running = peer.call('never', 0);
    peer.fail(new FaceXFormerError('RUNTIME', 'the worker failed'));
    await expect(running).rejects.toMatchObject({ message: 'the worker failed' });
    await expect(peer.call('never', 0)).rejects.toMatchObject({ message: 'the worker failed' });
  });

  it('is deaf to messages of others', async () => {
    const { peer, port } = pair({ one: async () => ({ value: 1 }) });
    for (const message of [null, 'hello', { type: 'done', id: 1 }]) port.postMessage(message);
    expect(await peer.call('one', 0)).toBe(1);
  });
});
