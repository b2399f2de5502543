import { readFileSync } from 'node:fs';
import { byteChanges, damaged } from '@facexformer/test-utils/damage';
import { fixturePath } from '@facexformer/test-utils/load';
import { outcomeOf } from '@facexformer/test-utils/outcome';
import {
  array,
  assert,
  asyncProperty,
  constantFrom,
  dictionary,
  integer,
  jsonValue,
  oneof,
  string,
  tuple,
  uint8Array,
} from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FaceXFormerError } from '../../src/base/errors.js';
import { parseInfo } from '../../src/checkpoint/info.js';
import { bytesSource } from '../../src/formats/byte-source.js';
import { readPickle } from '../../src/formats/pickle.js';
import { readSafetensorsHeader } from '../../src/formats/read-safetensors.js';
import { readTorchZip } from '../../src/formats/torch-zip.js';
import { listZip } from '../../src/formats/zip.js';
import { openCheckpoint } from '../../src/index.js';
import { parsePluginInfo } from '../../src/plugin/plugin-info.js';

const changes = byteChanges({ minLength: 1, maxLength: 6 });

describe('readers of checkpoints, given anything', () => {
  const offset = oneof(integer({ min: -1, max: 40 }), constantFrom(2 ** 53, 1e300, null, '4'));
  const entry = tuple(
    constantFrom('F32', 'F16', 'U8', 'toString', 7),
    array(offset, { maxLength: 3 }),
    array(offset, { maxLength: 3 }),
  );

  it('give tensors that lie in the safetensors file, or refuse it', () =>
    assert(
      asyncProperty(
        oneof(
          dictionary(
            string({ maxLength: 3 }),
            entry.map(([dtype, shape, data_offsets]) => ({ dtype, shape, data_offsets })),
          ),
          dictionary(constantFrom('__metadata__', '__proto__', 'a'), jsonValue()),
        ),
        integer({ min: -3, max: 40 }),
        async (header, rest) => {
          const json = Buffer.from(JSON.stringify(header));
          const bytes = Buffer.alloc(Math.max(8 + json.length + rest, 8));
          bytes.writeBigUInt64LE(BigInt(json.length));
          json.copy(bytes, 8);
          const read = await outcomeOf(() => readSafetensorsHeader(bytesSource(bytes)));
          if (FaceXFormerError.isInstance(read)) return;
          for (const { offset: from, byteLength } of (
            read as { tensors: ReadonlyMap<string, { offset: number; byteLength: number }> }
          ).tensors.values()) {
            expect(from).toBeGreaterThanOrEqual(8 + json.length);
            expect(from + byteLength).toBeLessThanOrEqual(bytes.length);
          }
        },
      ),
    ));

  it('refuse or survive any bytes as a checkpoint', () =>
    assert(
      asyncProperty(
        constantFrom('', 'PK\x03\x04', '\x40\0\0\0\0\0\0\0{'),
        uint8Array({ maxLength: 200 }),
        async (start, rest) => {
          const bytes = Buffer.concat([Buffer.from(start, 'latin1'), rest]);
          await outcomeOf(() => openCheckpoint(bytesSource(bytes)));
          await outcomeOf(() => listZip(bytesSource(bytes)));
        },
      ),
    ));

  it('refuse or survive any opcodes as a pickle', () => {
    const opcodes = [
      ...'(.NKM}])tuea0bqhRQcX\x85\x86\x87\x88\x93\x94\x95\x8a\x80sjr',
      'K\x01',
      'q\x00',
      'h\x00',
      'X\x01\0\0\0a',
      'cg\nx\n',
    ];
    const host = {
      global: () => ({ kind: 'g' }),
      call: () => new Map(),
      persistent: () => null,
    };
    return assert(
      asyncProperty(array(constantFrom(...opcodes), { maxLength: 60 }), async (parts) => {
        await outcomeOf(() => readPickle(Buffer.from(`${parts.join('')}.`, 'latin1'), host));
      }),
      { numRuns: 2000 },
    );
  });

  const torch = new Uint8Array(readFileSync(fixturePath('mini_ckpt.pt')));
  const directory = torch.length - 4000;

  it('give the weights of a damaged torch file as they were, or refuse them', async () => {
    const { tensors, read } = await readTorchZip(bytesSource(torch));
    const names = [...tensors.keys()];
    const expected = new Map(await Promise.all(names.map(async (name) => [name, await read(name)] as const)));
    await assert(
      asyncProperty(changes, constantFrom(0, directory), constantFrom(...names), async (at, from, name) => {
        const range = from === 0 ? torch.length : torch.length - from;
        const broken = damaged(
          torch,
          at.map(([place, byte]) => [from + (place % range), byte]),
        );
        const values = await outcomeOf(async () => (await readTorchZip(bytesSource(broken))).read(name));
        if (!FaceXFormerError.isInstance(values)) expect(values).toEqual(expected.get(name));
      }),
    );
  });

  it('refuse or survive any description', () =>
    assert(
      asyncProperty(
        dictionary(
          constantFrom('model', 'task', 'base', 'vocabularies', 'vocabulary', 'provenance', 'metrics'),
          jsonValue(),
        ),
        async (info) => {
          const json = JSON.stringify({ formatVersion: 1, ...info });
          await outcomeOf(() => parseInfo(json));
          await outcomeOf(() => parsePluginInfo(json));
        },
      ),
    ));
});
