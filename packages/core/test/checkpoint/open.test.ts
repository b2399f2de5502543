import { createHash } from 'node:crypto';
import { maxAbsDiff } from '@facexformer/test-utils/engine';
import { fixtureJson, portableBytes } from '@facexformer/test-utils/load';
import { generateTensor, type OfficialTensor } from '@facexformer/test-utils/portable-weights';
import { describe, expect, it } from 'vitest';
import { encodeSafetensors } from '../../src/formats/write-safetensors.js';
import {
  bytesSource,
  type ErrorCode,
  FaceXFormerError,
  openCheckpoint,
  openPluginCheckpoint,
  saveCheckpoint,
  verifyContent,
} from '../../src/index.js';

const { state_dict: tiny } = fixtureJson<{ readonly state_dict: readonly OfficialTensor[] }>('tiny.json');

const open = async (tensors: readonly OfficialTensor[]) =>
  openCheckpoint(bytesSource(await portableBytes(tensors)));

async function failure(work: Promise<unknown>): Promise<{ code: ErrorCode | undefined; message: string }> {
  const error = await work.catch((reason: unknown) => reason);
  if (FaceXFormerError.isInstance(error)) return { code: error.code, message: error.message };
  return { code: undefined, message: String(error) };
}

async function join(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return Buffer.concat(parts);
}

describe('openCheckpoint with official names', () => {
  it('infers the configuration from shapes', async () => {
    const { info } = await open(tiny);
    expect(info.model.backbone).toEqual({
      family: 'swin',
      embedDim: 32,
      depths: [2, 2, 2, 2],
      heads: [1, 2, 4, 8],
      window: 7,
    });
    expect(info.model.decoder).toEqual({ dim: 64, heads: 4, mlpDim: 128, depth: 2 });
    expect(info.vocabularies.race!.notes![0]).toContain('Asian before Indian');
  });

  it('reads the very values', async () => {
    const checkpoint = await open(tiny);
    const values = await checkpoint.read('backbone.stages.1.blocks.1.mlp.fc2.weight');
    const generated = generateTensor('backbone.0.3.1.mlp.3.weight', [64, 256]);
    expect(maxAbsDiff(values, generated)).toBe(0);
  });

  it.each([
    [0, 224],
    [225, 224],
    [Number.NaN, 224],
    [1e6, 1e6],
    [4096, 4096],
  ])('refuses an input of %d x %d pixels', async (width, height) => {
    const source = bytesSource(await portableBytes(tiny));
    expect((await failure(openCheckpoint(source, { input: { width, height } }))).code).toBe('BAD_OPTION');
  });

  const without = (name: string) => tiny.filter(([official]) => official !== name);

  it.each([
    [
      'a missing bias',
      without('face_decoder.age_prediction_head.layers.1.bias'),
      'MISSING_TENSOR',
      'tasks.age.head.fc2.bias',
    ],
    ['a missing token', without('face_decoder.mask_tokens.weight'), 'MISSING_TENSOR', 'mask_tokens'],
    ['a foreign tensor', [...tiny, ['backbone.0.8.weight', [2, 2]]], 'BAD_CHECKPOINT', 'backbone.0.8.weight'],
    [
      'a wrong shape',
      [...without('linear_c.2.proj.weight'), ['linear_c.2.proj.weight', [64, 127]]],
      'BAD_TENSOR',
      '"linear_c.2.proj.weight" has shape [64,127], expected [64,128]',
    ],
    [
      'a bias table of no window',
      [
        ...without('backbone.0.1.0.attn.relative_position_bias_table'),
        ['backbone.0.1.0.attn.relative_position_bias_table', [170, 1]],
      ],
      'BAD_TENSOR',
      '"backbone.0.1.0.attn.relative_position_bias_table" has 170 rows',
    ],
    [
      'a position index of another window',
      [
        ...without('backbone.0.1.0.attn.relative_position_index'),
        ['backbone.0.1.0.attn.relative_position_index', [625]],
      ],
      'BAD_TENSOR',
      '"backbone.0.1.0.attn.relative_position_index" has shape [625]',
    ],
    [
      'heads that do not divide the width',
      tiny.map(([name, shape]) =>
        name === 'backbone.0.1.0.attn.relative_position_bias_table' ? [name, [169, 3]] : [name, shape],
      ),
      'BAD_CHECKPOINT',
      'backbone.heads',
    ],
  ] as [string, OfficialTensor[], string, string][])(
    'refuses %s, naming it',
    async (_, tensors, code, text) => {
      const refused = await failure(open(tensors));
      expect(refused.code).toBe(code);
      expect(refused.message).toContain(text);
    },
  );
});

describe('a source that cannot be opened', () => {
  it('is closed, and its file is named', async () => {
    let closed = 0;
    const source = {
      ...bytesSource(new Uint8Array(9)),
      path: '/models/photo.png',
      close: async () => {
        closed += 1;
      },
    };
    for (const open of [openCheckpoint, openPluginCheckpoint]) {
      const { code, message } = await failure(open(source));
      expect(code).toBe('BAD_CHECKPOINT');
      expect(message).toMatch(/^\/models\/photo\.png: /);
    }
    expect(closed).toBe(2);
  });
});

describe('our own format', () => {
  it('round-trips exactly in float32 and to half precision in float16', async () => {
    const official = await open(tiny);
    const exact = await openCheckpoint(bytesSource(await join(saveCheckpoint(official.info, official))));
    const half = await openCheckpoint(
      bytesSource(await join(saveCheckpoint(official.info, official, 'F16'))),
    );
    expect(exact.info).toEqual({ ...official.info, contentHash: expect.stringMatching(/^sha256:/) });
    const name = 'fusion.linearFuse.weight';
    const values = await official.read(name);
    expect(await exact.read(name)).toEqual(values);
    expect(maxAbsDiff(await half.read(name), values)).toBeLessThan(
      2 ** -11 * Math.max(...values.map(Math.abs)),
    );
    expect((await failure(exact.read('nothing'))).code).toBe('MISSING_TENSOR');
  });

  it.each(['F32', 'F16'] as const)(
    'carries the hash of all that follows the header, in %s',
    async (precision) => {
      const official = await open(tiny);
      const bytes = await join(saveCheckpoint(official.info, official, precision));
      const { info, ...rest } = await openCheckpoint(bytesSource(bytes));
      const start = 8 + Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
      expect(info.contentHash).toBe(
        `sha256:${createHash('sha256').update(bytes.subarray(start)).digest('hex')}`,
      );
      await verifyContent({ info, ...rest });
      bytes[bytes.length - 1]! ^= 1;
      expect((await failure(verifyContent({ info, ...rest }))).code).toBe('BAD_CHECKPOINT');
      expect((await failure(verifyContent(official))).code).toBe('UNSUPPORTED');
    },
  );

  it('answers truncation at any place with a typed error', async () => {
    const official = await open(tiny);
    const bytes = await join(saveCheckpoint(official.info, official));
    for (const length of [0, 4, 9, 200, 5000, bytes.length - 1]) {
      expect((await failure(openCheckpoint(bytesSource(bytes.subarray(0, length))))).code, `${length}`).toBe(
        'BAD_CHECKPOINT',
      );
    }
  });

  it.each([
    ['not JSON', '{', 'BAD_CHECKPOINT'],
    ['a newer format', '{"formatVersion":2}', 'UNSUPPORTED'],
    ['no model', '{"formatVersion":1}', 'BAD_CHECKPOINT'],
    [
      'a hostile size',
      '{"formatVersion":1,"model":{"backbone":{"family":"swin","embedDim":1e9}}}',
      'BAD_CHECKPOINT',
    ],
  ])('refuses a description that is %s', async (_, json, code) => {
    const bytes = await encodeSafetensors([], { facexformer: json });
    expect((await failure(openCheckpoint(bytesSource(bytes)))).code).toBe(code);
  });
});
