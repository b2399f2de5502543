import { FaceXFormerError } from '@facexformer/core';
import { afterEach, describe, expect, it } from 'vitest';
import { connect, type Port } from '../src/worker/rpc.ts';

const channels: MessageChannel[] = [];

function pair(handlers: Parameters<typeof connect>[1]) {
  const channel = new MessageChannel();
  channels.push(channel);
  channel.port1.start();
  channel.port2.start();
  connect(channel.port2 as unknown as Port, handlers);
  return { peer: connect(channel.port1 as unknown as Port, {}), port: channel.port2 };
}

describe('connect', () => {
  afterEach(() => {
    for (const { port1 } of channels.splice(0)) port1.close();
  });

  it('answers each call with its own result, in any order', async () => {
    const { peer } = pair({
      wait: async (ms: number) => {
        await new Promise((resolve) => setTimeout(resolve, ms));
        return { value: ms };
      },
    });
    expect(await Promise.all([peer.call('wait', 20), peer.call('wait', 1)])).toEqual([20, 1]);
  });

  it('hands over what is to be transferred', async () => {
    const bytes = new Uint8Array(8);
    const { peer } = pair({ size: async ({ byteLength }: Uint8Array) => ({ value: byteLength }) });
    expect(await peer.call('size', bytes, [bytes.buffer])).toBe(8);
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
    await expect(peer.call('unknown', 0)).rejects.toMatchObject({ code: 'RUNTIME' });
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
